import { assertEquals } from "@std/assert";
import { namesNobody } from "../../../../lib/engine/interview/names_nobody.ts";

Deno.test("words that name nobody are told from who looks, and at what", () => {
  for (const text of ["someone", "Anyone", "a human", "the user", "reviewer.", "tbd", "n/a", "-"]) {
    assertEquals(namesNobody(text), true, text);
  }
  for (
    const text of ["Ann", "the user, at the page", "A reviewer reads the poem", "사용자가 본다"]
  ) {
    assertEquals(namesNobody(text), false, text);
  }
});
