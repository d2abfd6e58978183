import { assertEquals, assertStringIncludes } from "@std/assert";
import { trialForm, trialSaid } from "../../../../lib/mcp/elicit/elicit_trial.ts";

function seed(...runs: string[]) {
  const commands = runs.map((run) => ({ criterion: "1", run, hidden: false, files: [] }));
  return { thought: 3, commands };
}

Deno.test("a form shows each command whole and asks for a yes that must be given", () => {
  const form = trialForm(seed("npm test", "true # looks\nrm -r x"))!;
  assertStringIncludes(form.message, "criterion 1: true # looks ⏎\n    rm -r x");
  assertEquals(form.requestedSchema.required, ["run"]);
});

Deno.test("nothing to run is no form, and what no form can show is told to the host", () => {
  assertEquals(trialForm(seed()), undefined);
  const [command] = seed("sh t.sh").commands;
  const brought = { thought: 3, commands: [{ ...command!, files: ["t.sh"] }] };
  assertEquals(trialForm(brought), undefined, "what a file does stands in the seed alone");
  assertEquals(trialForm(seed(`echo ${"x".repeat(4_000)}`)), undefined);
});

Deno.test("only a yes with nothing to be changed lets commands run", () => {
  const said = (content: Record<string, unknown>) => trialSaid(seed("true"), content);
  assertEquals(said({ run: true, remark: " " }), { try: 3 });
  assertEquals(said({ run: true, remark: "Two" }), { remark: "Two" });
  assertEquals(said({ run: false }), { leave: 3 });
  for (const content of [{}, { run: "true" }, { run: 1 }]) {
    assertEquals(said(content), undefined, JSON.stringify(content));
  }
});
