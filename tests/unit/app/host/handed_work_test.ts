import { assertEquals, assertThrows } from "@std/assert";
import { handedWork, workName } from "../../../../lib/app/host/handed_work.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";

Deno.test("work is named as it is read again, whatever its criterion is called", () => {
  for (const criterion of ["1", "greet", "a.b-c", "a#1"]) {
    const one = { criterion, attempt: 12 };
    assertEquals(handedWork(workName(one), "Done"), { ...one, claim: "Done" });
  }
  assertEquals(handedWork(undefined, undefined), undefined);
});

Deno.test("half of what is handed in is refused", () => {
  const halves = [
    ["greet#1", undefined],
    [undefined, "Done"],
    ["greet#1", " "],
    ["greet", "Done"],
    ["greet#0", "Done"],
    ["#1", "Done"],
    ["greet#1x", "Done"],
  ] as const;
  for (const [work, claim] of halves) {
    const error = assertThrows(() => handedWork(work, claim), OuroborosError);
    assertEquals(error.code, "usage", `${work} ${claim}`);
  }
});
