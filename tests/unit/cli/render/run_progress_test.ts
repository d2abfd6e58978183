import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { RunProgress } from "../../../../lib/app/run/progress.ts";
import { progressView } from "../../../../lib/cli/render/run_progress.ts";
import { visible } from "../../../../lib/cli/render/text.ts";
import { Screen } from "../../../helpers/screen.ts";

const started = {
  type: "event",
  event: {
    type: "attempt.started",
    at: "2026-01-01T00:00:00Z",
    version: 3,
    data: { criterion: "a", attempt: 1, retry: null },
  },
} as unknown as RunProgress;
const says = (text: string) =>
  ({ type: "agent", criterion: "a", attempt: 1, event: { type: "text", text } }) as RunProgress;

const nowMs = () => 0;

Deno.test("without a terminal there are only lasting lines, on stderr", () => {
  const output = new Screen();
  const view = progressView(output, { json: false, nowMs });
  view.show(started);
  view.show(says("hello"));
  view.clear();
  assertEquals([output.stdout, output.stderr], ["", "  a  try 1 starts\n"]);
});

Deno.test("stdout on a terminal is no reason to redraw lines in a log of stderr", () => {
  const output = Object.assign(new Screen(), { isTerminal: true, color: true });
  const view = progressView(output, { json: false, nowMs });
  view.show(started);
  view.show(says("hello"));
  view.clear();
  assertEquals(output.stderr, "  a  try 1 starts\n");
});

Deno.test("with --json each piece of progress is one object on stdout", () => {
  const output = new Screen();
  const view = progressView(output, { json: true, nowMs });
  view.show(started);
  view.show(says("a\nb"));
  const lines = output.stdout.trimEnd().split("\n").map((one) => JSON.parse(one));
  assertEquals(lines, [
    {
      type: "attempt.started",
      at: "2026-01-01T00:00:00Z",
      version: 3,
      data: { criterion: "a", attempt: 1, retry: null },
    },
    { type: "agent", criterion: "a", attempt: 1, event: { type: "text", text: "a\nb" } },
  ]);
  assertEquals(output.stderr, "");
});

Deno.test("on a terminal one line is overwritten, is never wider than it, and goes at the end", () => {
  const output = Object.assign(new Screen(), { talksToTerminal: true, width: 30 });
  const view = progressView(output, { json: false, nowMs });
  view.show(started);
  view.show(says("日本語 a long line of talk that would wrap\nand go on"));
  output.width = 20;
  view.show(says("another line that is too long"));
  view.clear();
  const drawn = output.stderr.split("\r\x1b[K");
  assertStringIncludes(drawn.join("|"), "  a  try 1 starts\n");
  assertEquals(drawn.at(-1), "");
  const live = drawn.filter((one) => one.startsWith("0 ms"));
  assert(live.length >= 3);
  for (const one of live) assert(visible(one) < 30 && !one.includes("\n"), one);
  assert(visible(live.at(-1)!) < 20);
});
