import { assert, assertEquals, assertRejects } from "@std/assert";
import { matchOutput } from "../../../lib/checks/match_output.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";

/** On this, `(a+)+$` would be at it until the sun is cold. */
const LONG = `${"a".repeat(50_000)}b`;

Deno.test("an expression that never ends is ended, and has decided nothing", async () => {
  assertEquals(await matchOutput("(a+)+$", LONG, { limitMs: 1000 }), {
    undecided: '"matches" took longer than 1 s',
  });
});

Deno.test("an expression finds what it finds, short or long, line by line", async () => {
  const long = `${"x".repeat(200_000)}\nend 42\n`;
  assertEquals(await matchOutput("^end \\d+$", "a\nend 42\nb"), { found: true });
  assertEquals(await matchOutput("^end \\d+$", long), { found: true });
  assertEquals(await matchOutput("^end (\\d+)+ .*$", long), { found: false });
  assertEquals(await matchOutput("^(e|f)nd \\d{2}$", long), { found: true });
});

Deno.test("a cancel ends a match at once", async () => {
  const stop = new AbortController();
  const matching = matchOutput("(a+)+$", LONG, { limitMs: 600_000, signal: stop.signal });
  setTimeout(() => stop.abort(), 200);
  const error = await assertRejects(() => matching, OuroborosError);
  assert(error.code === "cancelled");
});
