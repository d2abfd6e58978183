/**
 * The part of the benchmarks that runs inside a compiled program with the real permissions:
 * `measure DIR RECORDING…` (each `runtime=file`). Prints one row of JSON a line.
 */
import { benchAppend } from "./bench_append.ts";
import { benchAttempt } from "./bench_attempt.ts";
import { benchDecode } from "./bench_decode.ts";
import { benchOpening } from "./bench_opening.ts";
import type { BenchRow } from "./bench_row.ts";
import { benchCriterion, benchResume } from "./bench_run.ts";
import { benchWorkspace } from "./bench_workspace.ts";

const [dir = "", ...recordings] = Deno.args;

const measures: (() => Promise<BenchRow | BenchRow[]>)[] = [
  () => benchAttempt(dir),
  ...recordings.map((one) => () => {
    const [runtime = "", file = ""] = one.split("=");
    return benchDecode(dir, { runtime, file });
  }),
  () => benchAppend(dir),
  () => benchOpening(dir),
  () => benchWorkspace(dir),
  () => benchCriterion(dir),
  () => benchResume(dir),
];

for (const measure of measures) {
  for (const row of [await measure()].flat()) console.log(JSON.stringify(row));
}
