import { assertEquals } from "@std/assert";
import { nearestName } from "../../../lib/kernel/nearest_name.ts";

const KEYS = ["depends_on", "description", "check", "artifacts"];

Deno.test("a slip of a letter, a swap, letter case and dashes are found", () => {
  assertEquals(nearestName("depend_on", KEYS), "depends_on");
  assertEquals(nearestName("chekc", KEYS), "check");
  assertEquals(nearestName("Depends-On", KEYS), "depends_on");
});

Deno.test("a word that resembles none is left alone", () => {
  assertEquals(nearestName("investment", KEYS), undefined);
  assertEquals(nearestName("x", KEYS), undefined);
  assertEquals(nearestName("c".repeat(5000), KEYS), undefined);
});

Deno.test("the first of several equally near names is taken", () => {
  assertEquals(nearestName("12", ["11", "13"]), "11");
});
