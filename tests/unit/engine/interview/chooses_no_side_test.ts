import { assertEquals } from "@std/assert";
import { choosesNoSide } from "../../../../lib/engine/interview/chooses_no_side.ts";

const SIDES = ["Free", "Paid", "Both"];

Deno.test("words that prefer none of the sides are told from an answer", () => {
  for (const text of ["hmm, both of them", "Either is fine.", "all of it", "I don't know", "…"]) {
    assertEquals(choosesNoSide(text, SIDES), true, text);
  }
  for (const text of ["both", "free", "Both, but paid for firms", "the second one", "무료"]) {
    assertEquals(choosesNoSide(text, SIDES), false, text);
  }
});
