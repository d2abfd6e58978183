import { assertEquals } from "@std/assert";
import { globToRegExp } from "@std/path";
import { loadSeed } from "../../lib/engine/seed/load_seed.ts";
import { planStages } from "../../lib/engine/seed/plan_stages.ts";
import type { CommandCheck, Seed } from "../../lib/engine/seed/seed.ts";

const EXAMPLES = new URL("../../docs/examples/", import.meta.url);
const WORK = new URL("../fixtures/examples/", import.meta.url);

/** What each example needs, and which of its criteria the plausible wrong work must not pass. */
const CASES: Record<string, { tool: string; wrong: string[] }> = {
  "tiny-cli": { tool: "sh", wrong: ["count", "ties", "usage"] },
  "bug-fix": { tool: "node", wrong: ["expiry", "reason"] },
  "python-library": { tool: "python3", wrong: ["refuse"] },
  "document": { tool: "sh", wrong: ["facts", "links"] },
};

function exists(tool: string): boolean {
  try {
    return new Deno.Command(tool, { args: ["-c", "0"], stdout: "null", stderr: "null" })
      .outputSync().code >= 0;
  } catch {
    return false;
  }
}

function filesBelow(root: URL, below = ""): string[] {
  return [...Deno.readDirSync(new URL(below, root))].flatMap((entry) =>
    entry.isDirectory ? filesBelow(root, `${below}${entry.name}/`) : [`${below}${entry.name}`]
  );
}

async function copyInto(dir: string, from: URL, paths = filesBelow(from)): Promise<void> {
  for (const path of paths) {
    const target = `${dir}/${path}`;
    await Deno.mkdir(target.slice(0, target.lastIndexOf("/")), { recursive: true });
    await Deno.copyFile(new URL(path, from), target);
  }
}

/** Runs one check on the project with `work` copied over it; says whether it holds. */
async function holds(check: CommandCheck, project: URL, work: URL | null): Promise<boolean> {
  const dir = await Deno.makeTempDir();
  try {
    await copyInto(dir, project);
    if (work) await copyInto(dir, work);
    const globs = check.protect.map((glob) => globToRegExp(glob));
    await copyInto(
      dir,
      project,
      filesBelow(project).filter((path) => globs.some((one) => one.test(path))),
    );
    for (const [path, text] of Object.entries(check.files)) {
      await Deno.writeTextFile(`${dir}/${path}`, text);
    }
    const { code, stdout, stderr } = await new Deno.Command("sh", {
      args: ["-c", check.run],
      cwd: dir,
      env: { LC_ALL: "C.UTF-8", TZ: "UTC", PYTHONDONTWRITEBYTECODE: "1" },
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    const trimmed = (one: string) =>
      one.split("\n").map((line) => line.trimEnd()).join("\n").trimEnd();
    const { exit = 0, contains = [], excludes = [], matches, stdout: wanted } = check.expect ?? {};
    const output = text(stdout) + text(stderr);
    return code === exit &&
      contains.every((one) => output.includes(one)) &&
      !excludes.some((one) => output.includes(one)) &&
      (matches === undefined || new RegExp(matches, "m").test(output)) &&
      (wanted === undefined || trimmed(text(stdout)) === trimmed(wanted));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** Every command check of the seed with what it says about `work`. */
async function verdicts(seed: Seed, project: URL, work: URL | null) {
  const all: { criterion: string; run: string; preserve: boolean; holds: boolean }[] = [];
  for (const criterion of seed.criteria) {
    for (const check of criterion.checks) {
      if (check.kind !== "command") continue;
      const { run, preserve } = check;
      all.push({
        criterion: criterion.id,
        run,
        preserve,
        holds: await holds(check, project, work),
      });
    }
  }
  return all;
}

Deno.test("each example has its folder, and each folder its case", () => {
  const folders = (root: URL) =>
    [...Deno.readDirSync(root)].filter((one) => one.isDirectory).map((one) => one.name).toSorted();
  assertEquals(folders(EXAMPLES), Object.keys(CASES).toSorted());
  assertEquals(folders(WORK), Object.keys(CASES).toSorted());
});

for (const [name, { tool, wrong }] of Object.entries(CASES)) {
  const dir = new URL(`${name}/`, EXAMPLES);
  const project = new URL("project/", dir);
  const load = () =>
    loadSeed(Deno.readFileSync(new URL("seed.yaml", dir)), { name: `${name}/seed.yaml` });

  Deno.test(`${name}: its seed loads without a remark, and its criteria can be planned`, () => {
    const { seed, warnings } = load();
    assertEquals(warnings, []);
    const { stages, dropped } = planStages(seed.criteria);
    assertEquals(dropped, []);
    assertEquals(stages.flat().length, seed.criteria.length);
    const readme = Deno.readTextFileSync(new URL("README.md", dir)).trimEnd();
    assertEquals(readme.split("\n").length, 3);
  });

  Deno.test({
    name: `${name}: its checks refuse the base, accept the right work and refuse the wrong one`,
    ignore: !exists(tool),
    fn: async () => {
      const { seed } = load();
      for (const one of await verdicts(seed, project, null)) {
        assertEquals(one.holds, one.preserve, `base: ${one.criterion}: ${one.run}`);
      }
      for (const one of await verdicts(seed, project, new URL(`${name}/right/`, WORK))) {
        assertEquals(one.holds, true, `right: ${one.criterion}: ${one.run}`);
      }
      const refused = (await verdicts(seed, project, new URL(`${name}/wrong/`, WORK)))
        .filter((one) => !one.holds).map((one) => one.criterion);
      assertEquals([...new Set(refused)], wrong);
    },
  });
}
