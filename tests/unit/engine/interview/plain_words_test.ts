import { assertEquals } from "@std/assert";
import { textMeans } from "../../../../lib/engine/interview/plain_words.ts";

Deno.test("texts that say that they are no answer are taken at their word", () => {
  const delegated = ["I don't know", "i dont know.", "IDK", "Not sure!", "you decide", "No idea…"];
  assertEquals(delegated.map(textMeans), delegated.map(() => "delegated"));
  const skipped = ["skip", "Later", "TBD", "n/a", "?", "---", "…"];
  assertEquals(skipped.map(textMeans), skipped.map(() => "skipped"));
  const answers = ["I don't know yet, maybe JSON", "later than 2020", "no", "是", "да", "42"];
  assertEquals(answers.map(textMeans), answers.map(() => "answer"));
});
