import { sourceCommand } from "../../.ci/source_command.ts";

/** How one start of the program ended. */
export interface ProgramEnd {
  code: number;
  stdout: string;
  stderr: string;
}

/** What one start of the program gets; nothing of our own environment but PATH reaches it. */
export interface ProgramStart {
  args: readonly string[];
  cwd: string;
  /** Its HOME. */
  home: string;
  env?: Readonly<Record<string, string>>;
  stdin?: string;
  /** Goes before the command, as in `unshare -n`. */
  wrap?: readonly string[];
  /** A command in place of the program's own. */
  command?: readonly string[];
  /** The start is given up after this time; default 2 minutes. */
  limitMs?: number;
}

/** Whether the suite runs against a compiled program (`OUROBOROS_BIN`) and not the source. */
export const onBinary = Deno.env.has("OUROBOROS_BIN");

/** The command of the program under test: the file in `OUROBOROS_BIN`, else the source. */
export function programCommand(): string[] {
  const binary = Deno.env.get("OUROBOROS_BIN");
  return binary === undefined ? sourceCommand() : [binary];
}

/** Starts the program under test and waits for its end. */
export async function runProgram(start: ProgramStart): Promise<ProgramEnd> {
  const [program = "", ...args] = [
    ...start.wrap ?? [],
    ...start.command ?? programCommand(),
    ...start.args,
  ];
  const child = new Deno.Command(program, {
    args,
    cwd: start.cwd,
    clearEnv: true,
    env: await programEnvironment(start),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const timer = setTimeout(() => child.kill("SIGKILL"), start.limitMs ?? 120_000);
  const writer = child.stdin.getWriter();
  // A program that does not read its stdin may end before it is written.
  const written = writer.write(new TextEncoder().encode(start.stdin ?? "")).catch(() => {})
    .then(() => writer.close()).catch(() => {});
  const { code, stdout, stderr } = await child.output();
  clearTimeout(timer);
  await written;
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}

/** All that the program under test is given of our own environment, and what a test gives it. */
export async function programEnvironment(
  start: Pick<ProgramStart, "home" | "env">,
): Promise<Record<string, string>> {
  const pass: Record<string, string> = {};
  for (const name of ["PATH", "SystemRoot", "PATHEXT", "COMSPEC", "TMPDIR", "TEMP", "TMP"]) {
    const value = Deno.env.get(name);
    if (value !== undefined) pass[name] = value;
  }
  if (!onBinary) pass.DENO_DIR = await denoDir();
  const values: Record<string, string> = {
    ...pass,
    HOME: start.home,
    USERPROFILE: start.home,
    ...start.env,
  };
  // Behind all others: what it tells people to type is its name, as from source.
  return onBinary ? { ...values, PATH: `${values.PATH ?? ""}:${await binaryFolder()}` } : values;
}

async function binaryFolder(): Promise<string> {
  const file = await Deno.realPath(programCommand()[0]!);
  return file.slice(0, file.lastIndexOf("/"));
}

let known: string | undefined;

/** Deno's cache, which the source needs under another HOME too. */
async function denoDir(): Promise<string> {
  if (known === undefined) {
    const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] })
      .output();
    known = String(JSON.parse(decode(stdout)).denoDir);
  }
  return known;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
