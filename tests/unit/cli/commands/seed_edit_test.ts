import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { sourceCommand } from "../../../../.ci/source_command.ts";
import { inDialogue, type Turn } from "../../../helpers/dialogue.ts";
import { CAN_MAKE_TERMINALS } from "../../../helpers/in_terminal.ts";
import { programEnvironment } from "../../../helpers/program.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

/** Edits `seed.yaml` in a terminal with an editor that is a shell script. */
async function edited(script: string, turns: readonly Turn[]) {
  await using dir = await tempDir();
  const file = join(dir.path, "seed.yaml");
  await Deno.writeTextFile(file, "goal: Coupons\n");
  await Deno.writeTextFile(join(dir.path, "editor.sh"), script);
  const env = await programEnvironment({
    home: dir.path,
    env: { TERM: "xterm", NO_COLOR: "1", EDITOR: `sh ${dir.path}/editor.sh` },
  });
  const line = [...sourceCommand(), "seed", "edit", "seed.yaml"]
    .map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  // A shell before it would be ended by the same key.
  const { shown, code } = await inDialogue(`exec ${line}`, { turns, env, cwd: dir.path });
  const copies = join(dir.path, ".ouroboros", "seeds", "edits");
  const kept = await Array.fromAsync(Deno.readDir(copies)).catch(() => []);
  return { shown, code, text: await Deno.readTextFile(file), kept: kept.length };
}

Deno.test({
  name: "the editor has the terminal, and what is wrong is told before it is opened again",
  ignore: !CAN_MAKE_TERMINALS,
  fn: async () => {
    const script = 'printf "Key: " >/dev/tty; read key </dev/tty; echo "$key: Vouchers" >"$1"\n';
    const { shown, code, text, kept } = await edited(script, [
      ["Key: ", "gaol\r"],
      ["Edit it again?", "\r"],
      ["Key: ", "goal\r"],
    ]);
    assertEquals([code, text, kept], [0, "goal: Vouchers\n", 0], shown);
    assertStringIncludes(shown, "Error: Cannot load seed ");
    assertMatch(shown, /Saved {3}.*seed\.yaml\n/);
  },
});

Deno.test({
  name: "Ctrl-C in the editor takes nothing; what was typed by then is kept",
  ignore: !CAN_MAKE_TERMINALS,
  fn: async () => {
    const wait = 'printf "Open" >/dev/tty; exec sleep 60\n';
    const nothing = await edited(wait, [["Open", "\x03"]]);
    assertEquals([nothing.code, nothing.text, nothing.kept], [7, "goal: Coupons\n", 0]);
    const typed = await edited(`echo "goal: Vouchers" >"$1"; ${wait}`, [["Open", "\x03"]]);
    assertEquals([typed.code, typed.text, typed.kept], [7, "goal: Coupons\n", 1]);
    assertStringIncludes(typed.shown, "Your text is kept in ");
  },
});
