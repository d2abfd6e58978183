import { assertEquals } from "@std/assert";
import { asksSame } from "../../../../lib/engine/interview/asks_same.ts";

function asked(text: string, choices: readonly string[] = [], topic: "scope" | "goal" = "scope") {
  return { topic, text, choices: choices.map((one) => ({ text: one, recommended: false })) };
}

const WHO = asked("Who may see the expired coupons?", ["Only administrators", "Everybody"]);

Deno.test("other words for the same thing are known by what they share", () => {
  const same = [
    asked("Are expired coupons shown to everybody?"),
    asked("Administrators, or everybody?"),
    asked("Who  may see the EXPIRED coupons"),
    asked("Should it be public?", ["For everybody", "For administrators"]),
  ];
  for (const one of same) assertEquals(asksSame(WHO, one), true, one.text);
});

Deno.test("another thing is not the same, however it is named", () => {
  const others = [
    asked("How are they sorted?", ["By date", "By name"]),
    asked("How are the expired coupons sorted?", ["By date", "By name", "By shop", "By price"]),
    asked("Shall it be great?", ["Yes", "No"]),
    asked("Are expired coupons shown to everybody?", [], "goal"),
  ];
  for (const one of others) assertEquals(asksSame(WHO, one), false, one.text);
  assertEquals(asksSame(asked("All?", ["Yes", "No"]), asked("Now?", ["Yes", "No"])), false);
});
