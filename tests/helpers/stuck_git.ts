import { join } from "@std/path";

/** A git in `bin` that reads files for ever; `reading` comes once it has begun. */
export async function stuckGit(bin: string): Promise<{ reading: Promise<unknown> }> {
  const pipe = join(bin, "reading");
  await Deno.mkdir(bin, { recursive: true });
  await new Deno.Command("mkfifo", { args: [pipe] }).output();
  const { stdout } = await new Deno.Command("sh", { args: ["-c", "command -v git"] }).output();
  const real = new TextDecoder().decode(stdout).trim();
  const script = `#!/bin/sh
case " $* " in *" update-index "*) echo >'${pipe}'; exec sleep 300 ;; esac
exec '${real}' "$@"
`;
  await Deno.writeTextFile(join(bin, "git"), script, { mode: 0o755 });
  // By a child: this process would stand still until somebody opens the other end.
  return { reading: new Deno.Command("cat", { args: [pipe] }).output() };
}
