/**
 * The program from outside, as data: each folder `tests/specs/<area>/<case>/` holds a `case.yaml`
 * (see `tests/helpers/spec_case.ts`) and may hold the files before in `before/`. Runs against the
 * source, or against the compiled program that `OUROBOROS_BIN` names.
 */
import { assertEquals } from "@std/assert";
import { EXIT } from "../../lib/kernel/exit_code.ts";
import { mismatch } from "../helpers/match_output.ts";
import { onBinary, programCommand, runProgram } from "../helpers/program.ts";
import { readCase, type SpecCase, type SpecStep } from "../helpers/spec_case.ts";
import { tempDir } from "../helpers/temp_dir.ts";

const HERE = new URL("./", import.meta.url);

const CASES = caseNames().map((name) => {
  const spec = readCase(Deno.readTextFileSync(new URL(`${name}/case.yaml`, HERE)), name);
  return { name, spec, applies: applies(spec) };
});

/** So many cases go on at once: most of a start is waiting. */
const AT_ONCE = 3;
const begun = new Map<string, Promise<Error | undefined>>();

for (const [index, { name, spec, applies }] of CASES.entries()) {
  Deno.test({
    name: `${name}: ${spec.promise}`,
    ignore: !applies,
    // The cases after this one are begun beside it.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      for (const one of CASES.slice(index, index + AT_ONCE)) if (one.applies) begin(one);
      const failure = await begun.get(name);
      if (failure) throw failure;
    },
  });
}

Deno.test("each documented exit code is shown by a case", () => {
  const shown = new Set(CASES.flatMap(({ spec }) => spec.steps.map((step) => step.exit ?? 0)));
  assertEquals(Object.values(EXIT).filter((code) => !shown.has(code)), []);
});

function begin({ name, spec }: { name: string; spec: SpecCase }): void {
  if (begun.has(name)) return;
  begun.set(name, runCase(name, spec).then(() => undefined, (error) => error));
}

async function runCase(name: string, spec: SpecCase): Promise<void> {
  await using dir = await tempDir();
  const home = `${dir.path}/${spec.folders?.home ?? "home"}`;
  const cwd = `${dir.path}/${spec.folders?.project ?? "project"}`;
  const bin = `${dir.path}/bin`;
  await Deno.mkdir(home);
  await writePrograms(bin, spec.bin ?? {});
  await copy(new URL(`${name}/before/`, HERE), cwd);
  if (spec.git) await makeRepository(cwd);
  const names: Record<string, string> = {};
  for (const [index, step] of spec.steps.entries()) {
    const fill = (text: string) =>
      Object.entries(names).reduce((all, [key, value]) => all.replaceAll(`$${key}`, value), text);
    const path = `${bin}:${Deno.env.get("PATH")}`;
    const end = await runProgram({
      args: (step.args ?? []).map(fill),
      ...(step.sh === undefined ? {} : { command: ["sh", "-c", fill(step.sh)] }),
      cwd: step.cwd === undefined ? cwd : `${cwd}/${step.cwd}`,
      home,
      env: { PATH: path, ...names, ...step.env },
      stdin: step.stdin ?? "",
    });
    const hide = (text: string) => text.replaceAll(home, "[HOME]").replaceAll(cwd, "[CWD]");
    for (const [key, pattern] of Object.entries(step.capture ?? {})) {
      const found = new RegExp(pattern).exec(`${end.stdout}\n${end.stderr}`)?.[1];
      if (found === undefined) throw new Error(`Step ${index + 1}: nothing to capture as ${key}`);
      names[key] = found;
    }
    const wanted = {
      ...step,
      ...(step.stdout === undefined ? {} : { stdout: fill(step.stdout) }),
      ...(step.stderr === undefined ? {} : { stderr: fill(step.stderr) }),
    };
    compare(wanted, index, { ...end, stdout: hide(end.stdout), stderr: hide(end.stderr) });
  }
  for (const [path, pattern] of Object.entries(spec.after ?? {})) {
    await compareFile(`${cwd}/${path}`, path, pattern);
  }
}

/** The program under test as `ouroboros`, for shell lines, and a case's own programs. */
async function writePrograms(bin: string, own: Readonly<Record<string, string>>): Promise<void> {
  await Deno.mkdir(bin);
  const command = programCommand();
  const words = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  // A link to a binary is that program for PATH, too: then hints tell its name and not its path.
  if (onBinary) await Deno.symlink(await Deno.realPath(command[0]!), `${bin}/ouroboros`);
  const programs = { ...onBinary ? {} : { ouroboros: `exec ${words} "$@"\n` }, ...own };
  for (const [name, text] of Object.entries(programs)) {
    await Deno.writeTextFile(`${bin}/${name}`, `#!/bin/sh\n${text}`);
    await Deno.chmod(`${bin}/${name}`, 0o755).catch(() => {});
  }
}

function compare(
  step: SpecStep,
  index: number,
  end: { code: number; stdout: string; stderr: string },
): void {
  const problems = [
    step.keys
      ? wrongKeys(end.stdout, step.keys)
      : problem("stdout", mismatch(end.stdout, step.stdout ?? "")),
    problem("stderr", mismatch(end.stderr, step.stderr ?? "")),
    end.code === (step.exit ?? 0) ? [] : [`Exit code ${end.code}, not ${step.exit ?? 0}`],
  ].flat();
  if (problems.length === 0) return;
  const command = step.sh ?? `ouroboros ${step.args?.join(" ")}`;
  throw new Error(`Step ${index + 1} (${command}):\n${problems.join("\n")}`);
}

/** Keys are what programs rely on: one more or less has to be noticed. */
function wrongKeys(text: string, wanted: readonly string[]): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return [`stdout is no JSON: ${error}\n${text}`];
  }
  const first = Array.isArray(value) ? value[0] : value;
  const found = Object.keys(first ?? {}).sort().join(" ");
  return found === [...wanted].sort().join(" ") ? [] : [`stdout has the keys ${found}`];
}

function problem(stream: string, text: string | undefined): string[] {
  return text === undefined ? [] : [`${stream} is not as wanted\n${text}`];
}

async function compareFile(file: string, path: string, pattern: string | null): Promise<void> {
  const text = await Deno.readTextFile(file).catch(() => null);
  if (pattern === null) return assertEquals(text, null, `${path} must not be there`);
  if (text === null) throw new Error(`${path} is missing afterwards`);
  const wrong = mismatch(text, pattern);
  if (wrong) throw new Error(`${path} is not as wanted\n${wrong}`);
}

function applies(spec: SpecCase): boolean {
  if (spec.os && !spec.os.includes(Deno.build.os)) return false;
  if (spec.needs === "mount" && !canMount()) return false;
  return spec.only === undefined || spec.only === (onBinary ? "binary" : "source");
}

/** Whether a shell of ours can get mounts of its own, as root or by a user namespace. */
function canMount(): boolean {
  const line = "mount -t tmpfs -o size=64k none /tmp";
  try {
    return Deno.build.os === "linux" && new Deno.Command("unshare", {
      args: ["-rm", "sh", "-c", line],
      stdout: "null",
      stderr: "null",
    }).outputSync().success;
  } catch {
    return false;
  }
}

function caseNames(): string[] {
  const folders = (at: URL) =>
    [...Deno.readDirSync(at)].filter((entry) => entry.isDirectory).map((entry) => entry.name);
  return folders(HERE).flatMap((area) =>
    folders(new URL(`${area}/`, HERE)).map((one) => `${area}/${one}`)
  ).sort();
}

async function copy(from: URL, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  let entries: Deno.DirEntry[];
  try {
    entries = [...Deno.readDirSync(from)];
  } catch {
    return;
  }
  for (const entry of entries) {
    const source = new URL(encodeURIComponent(entry.name), from);
    if (entry.isDirectory) await copy(new URL(`${source.href}/`), `${to}/${entry.name}`);
    else await Deno.copyFile(source, `${to}/${entry.name}`);
  }
}

async function makeRepository(cwd: string): Promise<void> {
  const identity = ["-c", "user.name=A Person", "-c", "user.email=person@example.com"];
  for (
    const args of [
      ["init", "-q", "-b", "main"],
      ["add", "-A"],
      [...identity, "-c", "commit.gpgsign=false", "commit", "-q", "--allow-empty", "-m", "Start"],
    ]
  ) {
    const { success, stderr } = await new Deno.Command("git", { args, cwd }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
  }
}
