import { assertEquals } from "@std/assert";
import { trialCommands } from "../../../../lib/app/interview/trial_commands.ts";
import { loadSeed } from "../../../../lib/engine/seed/load_seed.ts";

Deno.test("all that a trial may run is named, also what prepares, with the files that are brought", () => {
  const document = {
    goal: "g",
    workspace: { prepare: { run: "npm ci", when: ["package.json"] } },
    acceptance_criteria: [
      {
        description: "d",
        check: [{ run: "npm test" }, { run: "sh a.sh", hidden: true, files: { "a.sh": "exit 1" } }],
      },
      { description: "e", check: { human: "Ann, at the page" } },
    ],
  };
  const { seed } = loadSeed(new TextEncoder().encode(JSON.stringify(document)), { name: "s" });
  assertEquals(trialCommands(seed), [
    { criterion: null, run: "npm ci", hidden: false, files: [] },
    { criterion: "1", run: "npm test", hidden: false, files: [] },
    { criterion: "1", run: "sh a.sh", hidden: true, files: ["a.sh"] },
  ]);
});
