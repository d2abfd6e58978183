/**
 * Measures the compiled program and writes `docs/benchmarks.md`: medians, each beside what it is
 * compared with in the same run. `deno task bench`; needs `dist/ouroboros`, which it compiles.
 */
import { compile } from "../../.ci/compile_program.ts";
import type { BenchRow } from "./bench_row.ts";
import { benchCheck } from "./bench_check.ts";
import { benchIdea } from "./bench_idea.ts";
import { benchMcp } from "./bench_mcp.ts";
import { benchStart } from "./bench_start.ts";
import { truthSection } from "./bench_truth.ts";

const ROOT = decodeURIComponent(new URL("../../", import.meta.url).pathname);

/** One recorded session of each kind of output: lines of JSON with tools in them. */
const RECORDINGS = ["codex=codex/shell", "claude=claude/two-tools"].map((one) =>
  one.replace("=", `=${ROOT}tests/fixtures/runtimes/`) + "/stdout.jsonl"
);

const dir = await Deno.makeTempDir({ prefix: "ouroboros_bench_" });
const program = (name: string) => `${dir}/${name}${Deno.build.os === "windows" ? ".exe" : ""}`;
try {
  await compile({ entry: "main.ts", output: program("ouroboros"), include: ["skills"] });
  await compile({
    entry: "tests/bench/hello.ts",
    output: program("hello"),
    include: [],
    permissions: ["--no-prompt"],
  });
  await compile({
    entry: "tests/bench/bare_mcp.ts",
    output: program("bare_mcp"),
    include: [],
    permissions: ["--no-prompt"],
  });
  await compile({ entry: "tests/bench/measure.ts", output: program("measure"), include: [] });
  await Deno.mkdir(`${dir}/home`);
  const rows = await benchStart({
    ours: program("ouroboros"),
    hello: program("hello"),
    home: `${dir}/home`,
  });
  rows.push(
    ...await benchMcp({
      ours: program("ouroboros"),
      bare: program("bare_mcp"),
      dir: `${dir}/mcp`,
    }),
  );
  rows.push(...await benchCheck({ ours: program("ouroboros"), dir: `${dir}/gate` }));
  rows.push(...await benchIdea({ ours: program("ouroboros"), dir: `${dir}/idea` }));
  rows.push(...await measureInside());
  const text = `${render(rows)}\n${await truthSection()}`;
  console.log(text);
  await Deno.mkdir(`${ROOT}docs`, { recursive: true });
  const file = `${ROOT}docs/benchmarks.md`;
  await Deno.writeTextFile(file, text);
  await new Deno.Command(Deno.execPath(), { args: ["fmt", "-q", file] }).output();
  // An aim that is missed is a fact to be shown, not a failure of the measurement.
} finally {
  await Deno.remove(dir, { recursive: true });
}

async function measureInside(): Promise<BenchRow[]> {
  await Deno.mkdir(`${dir}/work`);
  const { success, stdout } = await new Deno.Command(program("measure"), {
    args: [`${dir}/work`, ...RECORDINGS],
    stderr: "inherit",
  }).output();
  const lines = new TextDecoder().decode(stdout).split("\n").filter((line) => line !== "");
  if (!success) console.error(`The measurements ended early, after ${lines.length} rows`);
  return lines.map((line) => JSON.parse(line));
}

function render(rows: readonly BenchRow[]): string {
  const lines = rows.map((row) =>
    `| ${row.what} | ${row.ours} | ${row.reference} | ${
      row.ratio === null ? "" : `${row.ratio.toFixed(2)}x`
    } | ${row.aim} | ${row.met === null ? "" : row.met ? "yes" : "no"} |`
  );
  return [
    "# Benchmarks",
    "",
    "Written by `deno task bench`; do not edit by hand. Medians of one run on the compiled program,",
    "taken in turns with what they are compared with. A ratio against a plain aim is the value over",
    "the aim.",
    "",
    `Machine: ${machine()}.`,
    "",
    "| What | Ours | Against | Ratio | Aim | Met |",
    "| --- | --- | --- | --- | --- | --- |",
    ...lines,
    "",
  ].join("\n");
}

/** The machine in words, without its name. */
function machine(): string {
  const { os, arch } = Deno.build;
  const gigabytes = Math.round(Deno.systemMemoryInfo().total / 1e9);
  return `${navigator.hardwareConcurrency} cores (${arch}), ${gigabytes} GB of memory, ${os}, ` +
    `Deno ${Deno.version.deno}`;
}
