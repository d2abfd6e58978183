import { assert, assertEquals } from "@std/assert";
import { seedListText } from "../../../../lib/cli/render/seed_list.ts";
import { localTime } from "../../../../lib/kernel/local_time.ts";

const ONE = {
  ...{ id: "seed_1", path: "/s/seed_1.yaml", changedAt: "2026-01-01T00:00:00Z", criteria: 1 },
  ...{ goal: "Coupons that are expired are rejected everywhere", digest: "d", problem: null },
  ...{ from: null, interview: null },
};

Deno.test("a line for each seed, cut to the screen, and the reason where it is none", () => {
  const broken = { ...ONE, id: "b".repeat(80), criteria: 0, problem: "Cannot load it" };
  const text = seedListText([ONE, broken], { color: false, columns: 100 });
  const [first, second] = text.split("\n");
  const at = localTime(ONE.changedAt);
  assertEquals(first, `${"seed_1".padEnd(40)}  ${at}  1 criterion  Coupons that are expired a…`);
  assertEquals(second, `${"b".repeat(39)}…  ${at}  broken       Cannot load it`);
  for (const line of text.split("\n")) assert(line.length <= 101, line);
});
