import { assertEquals } from "@std/assert";
import { meansDone, textMeans } from "../../../../lib/engine/interview/plain_words.ts";

Deno.test("texts that say that they are no answer are taken at their word", () => {
  const delegated = ["I don't know", "i dont know.", "IDK", "Not sure!", "you decide", "No idea…"];
  assertEquals(delegated.map(textMeans), delegated.map(() => "delegated"));
  const skipped = ["skip", "Later", "TBD", "n/a", "?", "---", "…"];
  assertEquals(skipped.map(textMeans), skipped.map(() => "skipped"));
  const answers = ["I don't know yet, maybe JSON", "later than 2020", "no", "是", "да", "42"];
  assertEquals(answers.map(textMeans), answers.map(() => "answer"));
});

Deno.test("the words that end an interview are those of the original", () => {
  const done = [
    "done",
    "Done.",
    "ENOUGH!",
    "generate seed",
    "please generate the seed now",
    "there is no ambiguity left, I think",
    "close this interview",
    "ready for the seed",
    "I think we are done",
  ];
  assertEquals(done.filter((text) => !meansDone(text)), []);
  const not = [
    "not done",
    "we are not ready, do not close",
    "don't close the interview",
    "when the job is done it prints a line",
    "seeds are planted in rows",
    "stop at the first error",
    "",
  ];
  assertEquals(not.filter(meansDone), []);
});
