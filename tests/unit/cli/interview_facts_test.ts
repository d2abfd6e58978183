import { assertEquals, assertStringIncludes } from "@std/assert";
import { askWords } from "../../../lib/cli/interview_facts.ts";
import { askedStory, viewOf } from "../../helpers/interview_stories.ts";
import { Screen } from "../../helpers/screen.ts";

const { facts } = viewOf(askedStory()).facts;

/** By lines: what is answered comes from a list. */
async function asked(...answers: (string | null)[]) {
  const output = Object.assign(new Screen(), { answers });
  const asking = { output, interrupt: new AbortController().signal };
  const words = await askWords({ text: "Anything else?" }, { facts, asking });
  return { words, shown: output.stderr };
}

const said = async (...answers: (string | null)[]) => (await asked(...answers)).words;

Deno.test("words are a remark, unless they are about a fact", async () => {
  assertEquals(await said("Mind the tests"), { remark: "Mind the tests" });
  assertEquals(await said("factories: two of them"), { remark: "factories: two of them" });
  assertEquals(await said("The fact: it is late"), { remark: "The fact: it is late" });
  assertEquals(await said(""), null);
  assertEquals(await said(null), undefined);
});

Deno.test("a fact is picked, and what holds instead is said, or that it is not so", async () => {
  const { words, shown } = await asked("fact", "2", "make check");
  assertEquals(words, {
    remark: "",
    facts: { corrections: [{ id: "test", text: "make check" }] },
  });
  assertStringIncludes(shown, "  1  TypeScript (40 files)\n  2  npm test\n");
  assertEquals(await said("facts", "3", ""), {
    remark: "",
    facts: { corrections: [{ id: "said", text: null }] },
  });
  // "None: it is missing".
  assertEquals(await said("fact", "4", "It runs on a fridge"), {
    remark: "",
    facts: { corrections: [{ id: "said.1", text: "It runs on a fridge" }] },
  });
  assertEquals(await said("fact", "4", ""), null);
  assertEquals(await said("fact", "5"), null);
  // Enter: the first one.
  assertEquals(await said("fact", "", ""), {
    remark: "",
    facts: { corrections: [{ id: "language", text: null }] },
  });
  assertEquals(await said("fact", null), undefined);
  assertEquals(await said("fact", "2", null), undefined);
});

Deno.test("what holds may stand behind the word; then Enter adds it, and a number replaces one", async () => {
  assertEquals(await said("fact: the tests are slow", ""), {
    remark: "",
    facts: { corrections: [{ id: "said.1", text: "the tests are slow" }] },
  });
  assertEquals(await said("Fact: make check", "2"), {
    remark: "",
    facts: { corrections: [{ id: "test", text: "make check" }] },
  });
  assertEquals(await said("fact: make check", "5"), null);
});
