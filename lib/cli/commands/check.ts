import { relative, resolve } from "@std/path";
import { checkSeed } from "../../app/check/check_seed.ts";
import { HIDDEN_BYTES } from "../../app/check/check_seed_hidden.ts";
import type { CheckReport } from "../../app/check/check_seed_report.ts";
import { messageOf, OuroborosError } from "../../kernel/error.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command, CommandContext } from "../command.ts";
import { palette } from "../render/color.ts";
import {
  annotations,
  checkedLines,
  checkEnd,
  checkJunit,
  checkSummary,
  type JobPaths,
} from "../render/receipt_check.ts";
import { jsonText, withoutCommands } from "../render/receipt_check_inert.ts";
import { clip, printable } from "../render/text.ts";
import { stdinText } from "../stdin_text.ts";

/** `ouroboros check`: the gate of a pipeline. */
export const check: Command = {
  name: "check",
  usage: "SEED",
  summary: "Runs a seed's checks on the files as they are: no agent, no account, no journal.",
  details: [
    "SEED is a file, the id of a frozen seed, or the end of one. Each check runs in a clean checkout " +
    "of the working tree, with your own environment. Ends with 0 when every criterion passed, 5 when " +
    "a check said no, 9 when something could not be decided.",
    "With --base the seed and the files that it protects come from the commit at which the work " +
    "left REF; a change to them says no, unless it is allowed. A criterion then passes only if a " +
    "check fails on the base and passes now.",
    "The checks run in the folder that you are in, or in DIR of --cwd, wherever the seed lies.",
    "FILE of --hidden is a mapping of a criterion's id to its checks, written as in a seed, and kept " +
    "outside of the repository. With - it is read from stdin before anything else happens: checks run " +
    "as you, and work that looks for a file by its name finds it.",
  ],
  options: {
    base: { value: "REF", help: "Compare with this commit or branch" },
    head: { value: "REF", help: "Look at this commit, not at the working tree" },
    prove: { help: "Make each passing check's own sources fail: it must notice" },
    strict: { help: "With --prove: what is confirmed in part only, or not at all, is undecided" },
    hidden: { value: "FILE", help: "More checks, from a file outside of the repository, or -" },
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
    refuseDash(words.text("junit"));
    const json = words.has("json");
    const paint = palette(output.color);
    const { out, err, asThrown } = tellers(context);
    const hiddenText = words.text("hidden") === "-" ? await hiddenFromStdin() : undefined;
    const report = await checkSeed(app, {
      seed: words.positional[0]!,
      project: resolve(app.cwd, words.text("cwd") ?? "."),
      projectGiven: words.has("cwd"),
      base: words.text("base"),
      head: words.text("head"),
      prove: words.has("prove"),
      strict: words.has("strict"),
      hidden: words.text("hidden"),
      hiddenText,
      report: words.text("junit"),
      allowSeedChange: words.has("allow-seed-change"),
    }, {
      cancel: interrupt,
      ...(json ? {} : {
        onStart: (criterion, title, on) =>
          err(`Criterion ${criterion}, on the ${on}: ${clip(title, 100)}\n`),
        onCriterion: (criterion) => out(checkedLines(criterion, paint)),
      }),
    }).catch((error) => {
      throw asThrown(error);
    });
    if (json) output.out(jsonText(report));
    else {
      for (const notice of report.notices) err(`Note: ${clip(notice, 400)}\n`);
      out(checkEnd(report, paint));
    }
    // The verdict stands, whatever becomes of its other forms.
    const unwritten = await deliver(context, report);
    unwritten.forEach((problem) => err(`${problem}\n`));
    return report.exit === EXIT.done && unwritten.length > 0 ? EXIT.failed : report.exit;
  },
};

/** Read whole before any work runs: what is left of it nowhere has a name. Errors: usage. */
async function hiddenFromStdin(): Promise<string> {
  const text = await stdinText(HIDDEN_BYTES);
  if (text !== undefined) return text;
  throw new OuroborosError({
    code: "usage",
    message:
      `Use the hidden checks of stdin: they are longer than ${HIDDEN_BYTES} bytes, or no UTF-8`,
    hint: "ouroboros check SEED --hidden FILE",
  });
}

function isGithub({ app }: Pick<CommandContext, "app">): boolean {
  return app.environment.get("GITHUB_ACTIONS") === "true";
}

/** How text is told: a GitHub job obeys lines of it, and much of it is of others. */
function tellers(context: CommandContext) {
  const { output } = context;
  const safe = isGithub(context) ? withoutCommands : (text: string) => text;
  return {
    out: (text: string) => output.out(safe(text)),
    err: (text: string) => output.err(safe(text)),
    asThrown(error: unknown): unknown {
      if (!(error instanceof OuroborosError)) return error;
      const { code, message, hint, retryable } = error;
      const rest = hint === undefined ? {} : { hint: safe(hint) };
      return new OuroborosError({ code, message: safe(message), retryable, ...rest, cause: error });
    },
  };
}

/** Other programs write to stdout there; here the report's own text goes to stdout. */
function refuseDash(junit: string | undefined): void {
  if (junit !== "-") return;
  throw new OuroborosError({
    code: "usage",
    message: 'Write the JUnit report to "-": it takes the name of a file',
    hint: "--junit checks.xml, or --junit ./- for a file of that name",
  });
}

/** The report's other forms: a file that was asked for, and what a GitHub job shows. Gives what failed. */
async function deliver(context: CommandContext, report: CheckReport): Promise<string[]> {
  const { app, words, output } = context;
  const junit = words.text("junit");
  const problems = junit === undefined
    ? []
    : [await write(resolve(app.cwd, junit), checkJunit(report))];
  if (isGithub(context)) {
    const source = await Deno.readTextFile(resolve(app.cwd, report.seed.name)).catch(() => "");
    output.err(annotations(report, source, await jobPaths(context, report)));
  }
  const summary = app.environment.get("GITHUB_STEP_SUMMARY");
  if (summary) problems.push(await write(summary, checkSummary(report), { append: true }));
  return problems.filter((one) => one !== undefined);
}

/**
 * How a GitHub job finds the files: by their paths from its workspace, wherever a step works. What
 * lies elsewhere goes by the name it has.
 */
async function jobPaths({ app, words }: CommandContext, report: CheckReport): Promise<JobPaths> {
  const real = (path: string) => Deno.realPath(path).catch(() => path);
  const workspace = app.environment.get("GITHUB_WORKSPACE") ?? "";
  const top = workspace === "" ? undefined : await real(workspace);
  const from = (folder: string, name: string) => {
    const below = top && relative(top, resolve(folder, name)).replaceAll("\\", "/");
    return below === undefined || /^\.\.(?:\/|$)/.test(below) ? name : below;
  };
  const [cwd, project] = await Promise.all([
    real(app.cwd),
    real(resolve(app.cwd, words.text("cwd") ?? ".")),
  ]);
  return { seed: from(cwd, report.seed.name), protected: (path) => from(project, path) };
}

/** What went wrong, in words; undefined where the file is written. */
async function write(
  path: string,
  text: string,
  options: Deno.WriteFileOptions = {},
): Promise<string | undefined> {
  try {
    await Deno.writeTextFile(path, text, options);
    return undefined;
  } catch (error) {
    return `Error: Write the report "${path}": ${printable(messageOf(error))}`;
  }
}
