/** The workflows: every action pinned, every job bounded, no right that it does not need. */
import { assert, assertEquals } from "@std/assert";
import { parse } from "@std/yaml";
import { sourceFiles } from "../helpers/source_files.ts";

interface Job {
  "timeout-minutes"?: number;
  steps: { uses?: string; run?: string }[];
}

interface Workflow {
  permissions?: Record<string, string>;
  jobs: Record<string, Job>;
}

const FILES = sourceFiles(".github", [".yml"]);
const WORKFLOWS = FILES.filter((file) => file.path.includes("/workflows/")).map((file) => ({
  ...file,
  value: parse(file.text) as Workflow,
}));

Deno.test("every action is pinned by its commit, with the version beside it", () => {
  const uses = FILES.flatMap((file) =>
    [...file.text.matchAll(/uses: (.+)$/gm)].map((one) => one[1]!)
  );
  assert(uses.length > 0);
  assertEquals(uses.filter((one) => !/^[\w.-]+\/[\w.-]+@[0-9a-f]{40} # v[\d.]+$/.test(one)), []);
});

Deno.test("every job has a time limit, and workflows may only read unless a job says more", () => {
  for (const { path, value } of WORKFLOWS) {
    assertEquals(value.permissions, { contents: "read" }, path);
    for (const [name, job] of Object.entries(value.jobs)) {
      assert((job["timeout-minutes"] ?? 999) <= 60, `${path}: ${name}`);
    }
  }
});

Deno.test("the gate in CI is the gate of the desk", () => {
  const runs = WORKFLOWS.flatMap(({ value }) =>
    Object.values(value.jobs).flatMap((job) => job.steps.map((step) => step.run ?? ""))
  );
  assert(runs.some((run) => /deno@2\.7\.11 task ok$/.test(run)), runs.join("\n"));
});

Deno.test("Deno is named in one version, but for the step that tries a newer one", () => {
  const versions = FILES.concat(sourceFiles(".ci", ["run", "denort"]))
    .flatMap((file) => [...file.text.matchAll(/deno@(\d[\d.]*\d)/g)].map((one) => one[1]));
  assertEquals([...new Set(versions)].sort(), ["2.7.11", "2.9.6"]);
});
