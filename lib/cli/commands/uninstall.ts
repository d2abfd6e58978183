import {
  uninstall as undoSetup,
  type UninstallProgress,
  type UninstallResult,
} from "../../app/uninstall.ts";
import type { PurgePlan } from "../../app/setup/purge.ts";
import { OuroborosError } from "../../kernel/error.ts";
import { EXIT, type ExitCode } from "../../kernel/exit_code.ts";
import { ask, mayAsk } from "../ask.ts";
import type { Command, CommandContext } from "../command.ts";
import { unlessGiven } from "../decides.ts";
import { hostNames } from "../host_names.ts";
import { sectionTalk } from "../section_talk.ts";
import { filesJson } from "../render/setup_json.ts";
import { groupsText, type PlanStyle, short } from "../render/setup_plan.ts";
import { doneLines, recoveredText } from "../render/setup_result.ts";
import { palette } from "../render/color.ts";
import { facts, printable, size } from "../render/text.ts";
import { typedText } from "../typed_text.ts";

/** `ouroboros uninstall`: takes back what setup did. */
export const uninstall: Command = {
  name: "uninstall",
  usage: "[HOST …]",
  summary: "Takes back what setup wrote, to the byte; runs and the journal stay.",
  details: [
    "Undoes what is on record for these hosts, or for all of them, and what an earlier installer " +
    "left. What you changed in a file since stays. Where somebody changed a part of ours, that " +
    "part stays, is named, and the exit code is 1; --force takes it out. A key of config.yaml that " +
    "you set since is yours: it stays and is named, and that alone is no failure.",
    "--purge removes our folder too, with the journal, all runs and the configuration; it is " +
    "refused while a run is worked on. Of a folder that OUROBOROS_HOME names only what is proved to " +
    "be ours goes. The program itself stays: the last line says how to " +
    "remove it.",
  ],
  options: {
    runtime: {
      value: "NAME[,NAME]",
      short: "r",
      repeated: true,
      help: 'Only these hosts, or "all"',
    },
    "dry-run": { help: "Show what would be taken back, and write nothing" },
    yes: { short: "y", help: "Do not ask" },
    "non-interactive": { help: "The same" },
    purge: { help: "Remove our own folder too, with the journal and all runs" },
    project: { help: "Only our section in this project's AGENTS.md or CLAUDE.md" },
    force: { help: "Take out parts of ours that somebody changed" },
    json: { help: "JSON on stdout" },
  },
  examples: [
    "ouroboros uninstall --dry-run",
    "ouroboros uninstall",
    "ouroboros uninstall --purge",
  ],
  decides: unlessGiven("dry-run"),
  positional: [0, 8],
  async run(context): Promise<ExitCode> {
    const { app, words, output, interrupt, deliveries } = context;
    const names = hostNames(words);
    const purge = words.has("purge");
    if (words.has("project")) {
      const odd = purge ? "--purge" : names.length > 0 ? "a host" : undefined;
      if (odd === undefined) return await sectionTalk(context, { remove: true });
      throw new OuroborosError({
        code: "usage",
        message: `Give "--project" without ${odd}: it takes our section out of this project alone`,
        hint: "ouroboros uninstall --project",
      });
    }
    if (purge && names.some((name) => name.toLowerCase() !== "all")) {
      throw new OuroborosError({
        code: "usage",
        message: 'Give "--purge" without a host: our folder goes when all are taken out',
        hint: "ouroboros uninstall --purge",
      });
    }
    const json = words.has("json");
    const dryRun = words.has("dry-run");
    const yes = words.has("yes") || words.has("non-interactive");
    const style = styleOf(context, dryRun);
    const say = (text: string) => json ? undefined : dryRun ? output.out(text) : output.err(text);
    const work = undoSetup(app, {
      names,
      dryRun,
      yes,
      purge,
      force: words.has("force"),
      tools: (await deliveries.mcpTools()).map((one) => one.name),
      questions: mayAsk(output, { yes, json }) ? questions(context) : null,
      interrupt,
    });
    let next = await work.next();
    for (; !next.done; next = await work.next()) say(await progressText(next.value, style));
    const result = next.value;
    const final = styleOf(context, true);
    output.out(
      json
        ? `${JSON.stringify(await resultJson(result, final))}\n`
        : await typedText(app, resultText(result, final)),
    );
    return result.kept.length + result.elsewhere.length > 0 ? EXIT.failed : EXIT.done;
  },
};

async function progressText(progress: UninstallProgress, style: PlanStyle): Promise<string> {
  if (progress.step === "recovered") return recoveredText(progress, style);
  const { groups, purge } = progress;
  const files = groups.length === 0 ? "" : `${await groupsText(groups, style)}\n`;
  return `${files}${purge === null ? "" : `${purgeText(purge, style)}\n`}`;
}

function purgeText(plan: PurgePlan, style: PlanStyle): string {
  const paint = palette(style.color);
  const left = plan.left.length === 0
    ? ""
    : `\n  ${paint.unsure("stays ")}  ${printable(plan.left.join(", "))} (not ours)`;
  return `${paint.strong("Our folder")}\n  ${paint.strong("remove")}  ${
    printable(short(plan.folder, style.home))
  }  ${size(plan.bytes)}: ${printable(plan.names.join(", ")) || "empty"}${left}\n`;
}

function questions(context: CommandContext) {
  return {
    confirm: async () => await ask({ text: "Take this back?", default: true }, context),
    purge: async (plan: PurgePlan) =>
      await ask({
        text: `Remove ${plan.folder} with all runs (${size(plan.bytes)})? There is no way back`,
        default: false,
      }, context),
  };
}

function resultText(result: UninstallResult, style: PlanStyle): string {
  const { outcome, groups, kept, yours, elsewhere, again, purge, purged, program } = result;
  const paint = palette(style.color);
  const path = (one: string) => printable(short(one, style.home));
  const rows: [string, string][] = kept.map((one) => [
    paint.unsure("Stays"),
    `${path(one)}: changed since; to take it out all the same: ouroboros uninstall --force`,
  ]);
  rows.push(...elsewhere.map((one): [string, string] => [
    paint.unsure("Stays"),
    `${path(one.path)}: ${printable(one.why)}`,
  ]));
  // With our folder it goes all the same.
  if (purge === null) {
    rows.push(...yours.map((one): [string, string] => [
      "Stays",
      `${path(one.path)}: ${printable(one.why)}`,
    ]));
  }
  if (again.length > 0) {
    rows.push([
      paint.unsure("Left"),
      `by an earlier installer, and as it was before setup: ${
        again.map(path).join(", ")
      }; to take that out too: ouroboros uninstall`,
    ]);
  }
  rows.push(["Program", outcome === "done" ? `to remove it too: ${program}` : program]);
  const lines = [headline(result)];
  if (outcome === "done") lines.push(...doneLines(groups, style));
  if (purge !== null && purged !== null) {
    lines.push(...purged.removed.map((one) => `  ${paint.good("removed")}  ${path(one)}`));
    if (purged.stays) {
      const others = purge.left.length === 0
        ? ""
        : ` (not ours: ${printable(purge.left.join(", "))})`;
      lines.push(`  ${paint.unsure("stays  ")}  ${path(purge.folder)}${others}`);
    }
  }
  return `${lines.join("\n")}\n${facts(rows, style.columns)}`;
}

function headline({ outcome, kept, elsewhere }: UninstallResult): string {
  if (outcome === "planned") return "This is what would be taken back; nothing was written";
  if (outcome === "nothing") {
    if (kept.length > 0) return "Nothing was taken back: somebody changed what is left of ours";
    return elsewhere.length > 0
      ? "Nothing was taken back: what is left on record is in no place of this home"
      : "Nothing of ours is in any host: nothing to take back";
  }
  return kept.length + elsewhere.length > 0 ? "Taken back, but for what stays" : "Taken back";
}

async function resultJson(
  result: UninstallResult,
  style: PlanStyle,
): Promise<Record<string, unknown>> {
  const { outcome, groups, kept, yours, elsewhere, again, purge, purged, program } = result;
  const files = await filesJson(groups, style);
  const notes = groups.flatMap((one) => one.notes);
  return { outcome, files, notes, kept, yours, elsewhere, again, purge, purged, program };
}

function styleOf({ app, output }: CommandContext, onOut: boolean): PlanStyle {
  return {
    color: onOut ? output.color : output.talkColor,
    columns: output.columns(),
    home: app.paths.home,
    redact: (text) => app.redact(text),
  };
}
