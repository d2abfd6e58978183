/**
 * The program from outside, as data: each folder `tests/specs/<area>/<case>/` holds a `case.yaml`
 * (see `tests/helpers/spec_case.ts`) and may hold the files before in `before/`. Runs against the
 * source, or against the compiled program that `OUROBOROS_BIN` names.
 */
import { assertEquals } from "@std/assert";
import { mismatch } from "../helpers/match_output.ts";
import { onBinary, runProgram } from "../helpers/program.ts";
import { readCase, type SpecCase, type SpecStep } from "../helpers/spec_case.ts";
import { tempDir } from "../helpers/temp_dir.ts";

const HERE = new URL("./", import.meta.url);

for (const name of caseNames()) {
  const spec = readCase(Deno.readTextFileSync(new URL(`${name}/case.yaml`, HERE)), name);
  Deno.test({
    name: `${name}: ${spec.promise}`,
    ignore: !applies(spec),
    fn: () => runCase(name, spec),
  });
}

async function runCase(name: string, spec: SpecCase): Promise<void> {
  await using dir = await tempDir();
  const home = `${dir.path}/home`;
  const cwd = `${dir.path}/project`;
  await Deno.mkdir(home);
  await copy(new URL(`${name}/before/`, HERE), cwd);
  if (spec.git) await makeRepository(cwd);
  for (const [index, step] of spec.steps.entries()) {
    const end = await runProgram({
      args: step.args,
      cwd: step.cwd === undefined ? cwd : `${cwd}/${step.cwd}`,
      home,
      env: step.env ?? {},
      stdin: step.stdin ?? "",
    });
    const hide = (text: string) => text.replaceAll(home, "[HOME]").replaceAll(cwd, "[CWD]");
    compare(step, index, { ...end, stdout: hide(end.stdout), stderr: hide(end.stderr) });
  }
  for (const [path, pattern] of Object.entries(spec.after ?? {})) {
    await compareFile(`${cwd}/${path}`, path, pattern);
  }
}

function compare(
  step: SpecStep,
  index: number,
  end: { code: number; stdout: string; stderr: string },
): void {
  const problems = [
    problem("stdout", mismatch(end.stdout, step.stdout ?? "")),
    problem("stderr", mismatch(end.stderr, step.stderr ?? "")),
    end.code === (step.exit ?? 0) ? [] : [`Exit code ${end.code}, not ${step.exit ?? 0}`],
  ].flat();
  if (problems.length === 0) return;
  const command = `ouroboros ${step.args.join(" ")}`;
  throw new Error(`Step ${index + 1} (${command}):\n${problems.join("\n")}`);
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
  return spec.only === undefined || spec.only === (onBinary ? "binary" : "source");
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
