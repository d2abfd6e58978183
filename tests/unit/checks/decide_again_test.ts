import { assertEquals } from "@std/assert";
import type { DecideInput } from "../../../lib/checks/decide.ts";
import { decideAgain } from "../../../lib/checks/decide_again.ts";
import { checkRun } from "../../helpers/check_runs.ts";

const COMMAND = { kind: "command", run: "sh check.sh", preserve: false, hidden: false } as const;

/** The decision of two checks of which the second could not run on the base, and how often it was run again. */
async function decided(base: DecideInput["base"], now: DecideInput["base"]) {
  let looks = 0;
  const { verdict } = await decideAgain({
    checks: [COMMAND, COMMAND],
    base,
    runs: [checkRun("pass", "w"), checkRun("pass", "w")],
    earlier: [],
    changed: 1,
  }, () => {
    looks++;
    return Promise.resolve(now);
  });
  return [verdict, looks];
}

Deno.test("A base that could not run is looked at once more, and what it says then counts", async () => {
  const [no, yes] = [checkRun("fail", "b"), checkRun("pass", "b")];
  const away = checkRun("timed_out", "b");
  assertEquals(await decided([yes, away], [yes, no]), ["passed", 1]);
  assertEquals(await decided([yes, away], [yes, yes]), ["unverified", 1]);
  // Only what was asked for is taken from the second look.
  assertEquals(await decided([yes, away], [no, yes]), ["unverified", 1]);
});

Deno.test("A base that said yes or no is not looked at again", async () => {
  const [no, yes] = [checkRun("fail", "b"), checkRun("pass", "b")];
  assertEquals(await decided([no, yes], []), ["passed", 0]);
});
