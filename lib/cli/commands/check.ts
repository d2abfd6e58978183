import { isAbsolute, join } from "@std/path";
import { checkSeed } from "../../app/check_seed.ts";
import type { CheckReport } from "../../app/check_seed_report.ts";
import { messageOf, OuroborosError } from "../../kernel/error.ts";
import type { Command, CommandContext } from "../command.ts";
import { palette } from "../render/color.ts";
import {
  annotations,
  checkedLines,
  checkEnd,
  checkJunit,
  checkSummary,
} from "../render/receipt_check.ts";
import { clip } from "../render/text.ts";

/** `ouroboros check`: the gate of a pipeline. */
export const check: Command = {
  name: "check",
  usage: "SEED",
  summary: "Runs a seed's checks on the files as they are: no agent, no account, no journal.",
  details: [
    "Each check runs in a clean checkout of the working tree, with your own environment. Ends with " +
    "0 when every criterion passed, 5 when a check said no, 9 when something could not be decided.",
    "With --base the seed and the files that it protects come from the commit at which the work " +
    "left REF; a change to them says no, unless it is allowed. A criterion then passes only if a " +
    "check fails on the base and passes now.",
    "The checks run in the folder that you are in, or in DIR of --cwd, wherever the seed lies.",
    "FILE of --hidden is a mapping of a criterion's id to its checks, written as in a seed, and kept " +
    "outside of the repository, where the work cannot read it.",
  ],
  options: {
    base: { value: "REF", help: "Compare with this commit or branch" },
    head: { value: "REF", help: "Look at this commit, not at the working tree" },
    prove: { help: "Make each passing check's own sources fail: it must notice" },
    strict: { help: "With --prove: what is confirmed in part only is undecided" },
    hidden: { value: "FILE", help: "More checks, from a file outside of the repository" },
    "allow-seed-change": { help: "With --base: the seed and protected files may change" },
    cwd: { value: "DIR", help: "The project's folder, in place of this one" },
    junit: { value: "FILE", help: "Write a JUnit report" },
    json: { help: "JSON on stdout" },
  },
  examples: [
    "ouroboros check seed.yaml",
    "ouroboros check seed.yaml --base origin/main --prove --junit checks.xml",
  ],
  positional: [1, 1],
  homeless: true,
  async run(context) {
    const { app, words, output, interrupt } = context;
    const json = words.has("json");
    const paint = palette(output.color);
    const report = await checkSeed(app, {
      seed: words.positional[0]!,
      project: join(app.cwd, words.text("cwd") ?? "."),
      projectGiven: words.has("cwd"),
      base: words.text("base"),
      head: words.text("head"),
      prove: words.has("prove"),
      strict: words.has("strict"),
      hidden: words.text("hidden"),
      allowSeedChange: words.has("allow-seed-change"),
    }, {
      cancel: interrupt,
      ...(json ? {} : {
        onStart: (criterion, title, on) =>
          output.err(`Criterion ${criterion}, on the ${on}: ${clip(title, 100)}\n`),
        onCriterion: (criterion) => output.out(checkedLines(criterion, paint)),
      }),
    });
    if (json) output.out(`${JSON.stringify(report)}\n`);
    else {
      for (const notice of report.notices) output.err(`Note: ${clip(notice, 400)}\n`);
      output.out(checkEnd(report, paint));
    }
    await deliver(context, report);
    return report.exit;
  },
};

/** The report's other forms: a file that was asked for, and what a GitHub job shows. */
async function deliver({ app, words, output }: CommandContext, report: CheckReport): Promise<void> {
  const junit = words.text("junit");
  if (junit !== undefined) {
    await write(isAbsolute(junit) ? junit : join(app.cwd, junit), checkJunit(report));
  }
  const { environment } = app;
  if (environment.get("GITHUB_ACTIONS") === "true") {
    const source = await Deno.readTextFile(join(app.cwd, report.seed.name)).catch(() => "");
    output.err(annotations(report, source));
  }
  const summary = environment.get("GITHUB_STEP_SUMMARY");
  if (summary !== undefined) await write(summary, checkSummary(report), { append: true });
}

async function write(path: string, text: string, options: Deno.WriteFileOptions = {}) {
  try {
    await Deno.writeTextFile(path, text, options);
  } catch (error) {
    throw new OuroborosError({
      code: "not_writable",
      message: `Write the report "${path}": ${messageOf(error)}`,
      cause: error,
    });
  }
}
