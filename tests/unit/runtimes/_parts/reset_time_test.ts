import { assert, assertEquals } from "@std/assert";
import { resetTime } from "../../../../lib/runtimes/_parts/reset_time.ts";

/** The text of a limit, when it is told, and when it ends; null: not to be waited for. */
type Case = [text: string, now: string, at: string | null];

function look(cases: readonly Case[]): void {
  for (const [text, now, at] of cases) {
    const found = resetTime(text, Date.parse(now));
    assertEquals([text, found === undefined ? null : new Date(found).toISOString()], [text, at]);
  }
}

Deno.test("reset time: Claude Code's, in the zone that it names", () => {
  const hit = "You've hit your session limit · resets";
  look([
    // Seconds are not told: the whole minute may be meant.
    [`${hit} 11:52am (UTC)`, "2026-11-30T11:50:00Z", "2026-11-30T11:53:00.000Z"],
    [`${hit} 3pm (Europe/Berlin)`, "2026-11-30T11:50:00Z", "2026-11-30T14:01:00.000Z"],
    [`${hit} 12am (UTC)`, "2026-11-30T22:00:00Z", "2026-12-01T00:01:00.000Z"],
    [`${hit} 12:30pm (UTC)`, "2026-11-30T11:50:00Z", "2026-11-30T12:31:00.000Z"],
    // The day is the zone's: there it is tomorrow already.
    [`${hit} 2am (Asia/Tokyo)`, "2026-11-30T15:30:00Z", "2026-11-30T17:01:00.000Z"],
    ["Opus limit · resets Dec 2, 3pm (UTC)", "2026-11-30T11:50:00Z", "2026-12-02T15:01:00.000Z"],
    ["resets Jan 2, 2027, 3:15pm (UTC)", "2026-12-30T11:50:00Z", "2027-01-02T15:16:00.000Z"],
    ["resets Jan 2, 3pm (UTC)", "2026-12-30T11:50:00Z", "2027-01-02T15:01:00.000Z"],
    // Berlin puts its clocks back on 25 October.
    ["resets Oct 26, 9am (Europe/Berlin)", "2026-10-24T12:00:00Z", "2026-10-26T08:01:00.000Z"],
    [
      "Claude AI usage limit reached|1764774000",
      "2025-12-03T14:00:00Z",
      "2025-12-03T15:00:00.000Z",
    ],
  ]);
});

Deno.test("reset time: Codex's, in this machine's zone", () => {
  const now = +new Date(2026, 10, 30, 11, 50);
  const hit = "You’ve hit your usage limit.";
  assertEquals(resetTime(`${hit} Try again at 3:05 PM.`, now), +new Date(2026, 10, 30, 15, 6));
  assertEquals(
    resetTime(
      `${hit} To get more access now, ask your admin or try again at Dec 2nd, 2026 3:05 PM.`,
      now,
    ),
    +new Date(2026, 11, 2, 15, 6),
  );
});

Deno.test("reset time: one that is past, or cannot be read, is none", () => {
  look([
    ["resets 11:52am (UTC)", "2026-11-30T11:53:00Z", null],
    ["resets 11:52am (UTC)", "2026-11-30T12:40:00Z", null],
    ["resets Nov 29, 3pm (UTC)", "2026-11-30T11:50:00Z", null],
    ["limit reached|1764774000", "2026-11-30T11:50:00Z", null],
    ["resets 2026-11-30T11:00:00Z", "2026-11-30T11:50:00Z", null],
    ["resets 3pm (Middle/Earth)", "2026-11-30T11:50:00Z", null],
    ["resets 13pm (UTC)", "2026-11-30T11:50:00Z", null],
    ["resets 3:75pm (UTC)", "2026-11-30T11:50:00Z", null],
    ["resets Feb 31, 2027, 3pm (UTC)", "2026-11-30T11:50:00Z", null],
    ["resets Foo 3, 3pm (UTC)", "2026-11-30T11:50:00Z", null],
    ["limit reached|99", "2026-11-30T11:50:00Z", null],
    ["try again later", "2026-11-30T11:50:00Z", null],
    ["", "2026-11-30T11:50:00Z", null],
  ]);
});

Deno.test("reset time: a stamp says its own zone", () => {
  look([
    ["resets at 2026-11-30T15:00:00+01:00", "2026-11-30T11:50:00Z", "2026-11-30T14:00:00.000Z"],
  ]);
});

Deno.test("reset time: a hostile text does not take long", () => {
  const start = performance.now();
  const text = `again${" ".repeat(100_000)}resets Dec ${"again at ".repeat(50_000)}`;
  assertEquals(resetTime(text, Date.now()), undefined);
  assert(performance.now() - start < 2_000);
});
