import { assertEquals } from "@std/assert";
import { checkTree } from "../../lib/checks/check_tree.ts";
import { confirmPasses, memoryControlCache } from "../../lib/checks/confirm_passes.ts";
import { decide } from "../../lib/checks/decide.ts";
import { loadSeed } from "../../lib/engine/seed/load_seed.ts";
import { planStages } from "../../lib/engine/seed/plan_stages.ts";
import type { Seed } from "../../lib/engine/seed/seed.ts";
import { checkBench } from "../helpers/check_bench.ts";

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

/** Text of every file below a folder, by path. */
function filesBelow(root: URL, below = ""): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of Deno.readDirSync(new URL(below, root))) {
    const path = `${below}${entry.name}`;
    if (entry.isDirectory) Object.assign(files, filesBelow(root, `${path}/`));
    else files[path] = Deno.readTextFileSync(new URL(path, root));
  }
  return files;
}

/** What every command check of the seed says about `files`, in the room that decides real runs. */
async function verdicts(seed: Seed, base: Record<string, string>, work: Record<string, string>) {
  await using bench = await checkBench();
  const tree = bench.workspace.tree({ ...base, ...work });
  const all: { criterion: string; run: string; preserve: boolean; verdict: string }[] = [];
  for (const { id, checks } of seed.criteria) {
    const runs = await checkTree(checks, tree, bench.options(base));
    checks.forEach((check, index) => {
      if (check.kind !== "command") return;
      const verdict = runs[index]?.verdict ?? "none";
      all.push({ criterion: id, run: check.run, preserve: check.preserve, verdict });
    });
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
      const base = filesBelow(project);
      for (const one of await verdicts(seed, base, {})) {
        const wanted = one.preserve ? "pass" : "fail";
        assertEquals(one.verdict, wanted, `base: ${one.criterion}: ${one.run}`);
      }
      for (const one of await verdicts(seed, base, filesBelow(new URL(`${name}/right/`, WORK)))) {
        assertEquals(one.verdict, "pass", `right: ${one.criterion}: ${one.run}`);
      }
      const refused = (await verdicts(seed, base, filesBelow(new URL(`${name}/wrong/`, WORK))))
        .filter((one) => one.verdict === "fail").map((one) => one.criterion);
      assertEquals([...new Set(refused)], wrong);
    },
  });

  Deno.test({
    name: `${name}: the right work passes under --strict too`,
    ignore: !exists(tool),
    fn: async () => {
      const { seed } = load();
      const base = filesBelow(project);
      await using bench = await checkBench();
      const options = { ...bench.options(base), controls: memoryControlCache(), strict: true };
      const tree = bench.workspace.tree({
        ...base,
        ...filesBelow(new URL(`${name}/right/`, WORK)),
      });
      for (const { id, checks } of seed.criteria) {
        const before = await checkTree(checks, options.base, options);
        const found = await confirmPasses(checks, await checkTree(checks, tree, options), options);
        const input = { checks, base: before, earlier: [], changed: 1, strict: true, ...found };
        const { verdict, reason } = decide(input);
        assertEquals(verdict, "passed", `${id}: ${reason}`);
      }
    },
  });
}
