import { projectSection, type SectionResult } from "../app/project_section.ts";
import { typedName } from "../app/typed_name.ts";
import { EXIT, type ExitCode } from "../kernel/exit_code.ts";
import { asTyped } from "./as_typed.ts";
import { ask, mayAsk } from "./ask.ts";
import type { CommandContext } from "./command.ts";
import { hostNames } from "./host_names.ts";
import { filesJson } from "./render/setup_json.ts";
import { groupsText, type PlanStyle, short } from "./render/setup_plan.ts";
import { doneLines, recoveredText } from "./render/setup_result.ts";
import { printable } from "./render/text.ts";

/** `setup --project`, `uninstall --project`: our section in this project's instructions. */
export async function sectionTalk(
  context: CommandContext,
  { remove }: { remove: boolean },
): Promise<ExitCode> {
  const { app, words, output, interrupt } = context;
  const json = words.has("json");
  const dryRun = words.has("dry-run");
  const yes = words.has("yes") || words.has("non-interactive");
  // A plan that is asked for is data; one that is only to be agreed to is talk.
  const style: PlanStyle = {
    color: dryRun ? output.color : output.talkColor,
    columns: output.columns(),
    home: app.paths.home,
    redact: (text) => app.redact(text),
  };
  const say = (text: string) => json ? undefined : dryRun ? output.out(text) : output.err(text);
  const question = { text: remove ? "Take this out?" : "Write this?", default: true };
  const work = projectSection(app, {
    names: hostNames(words),
    remove,
    dryRun,
    yes,
    force: remove && words.has("force"),
    confirm: mayAsk(output, { yes, json }) ? async () => await ask(question, context) : null,
    interrupt,
  });
  let next = await work.next();
  for (; !next.done; next = await work.next()) {
    const step = next.value;
    if (step.step === "recovered") say(recoveredText(step, style));
    else if (!step.unchanged) say(`${await groupsText(step.groups, style)}\n`);
  }
  const result = next.value;
  const { outcome, project, groups, kept } = result;
  if (json) {
    const files = await filesJson(groups, style);
    output.out(`${JSON.stringify({ outcome, project, files, kept })}\n`);
  } else {
    const text = resultText(result, { remove, style: { ...style, color: output.color } });
    output.out(asTyped(text, await typedName(app)));
  }
  return kept.length > 0 ? EXIT.failed : EXIT.done;
}

function resultText(
  { outcome, project, groups, kept }: SectionResult,
  { remove, style }: { remove: boolean; style: PlanStyle },
): string {
  const place = printable(short(project, style.home));
  const headlines = {
    planned: `This is what would be written in ${place}; nothing was`,
    unchanged: remove
      ? `Nothing to take out of ${place}`
      : `Nothing to do: the section is in ${place}`,
    done: !remove
      ? `Written in ${place}`
      : kept.length > 0
      ? `Not taken out of ${place}, or not all of it`
      : `Taken out of ${place}`,
  };
  const lines = [
    headlines[outcome],
    ...outcome === "done" ? doneLines(groups, style) : [],
    ...kept.map((one) =>
      `Stays: ${printable(short(one, style.home))}: changed since; to take it out all the same: ` +
      "ouroboros uninstall --project --force"
    ),
    ...outcome === "done" && !remove ? ["The way back: ouroboros uninstall --project"] : [],
  ];
  return lines.map((line) => `${line}\n`).join("");
}
