import { type ApplyResult, applyRun } from "../../app/apply_run.ts";
import { EXIT, type ExitCode } from "../../kernel/exit_code.ts";
import { outsideLinksText } from "../../kernel/outside_link.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { Command, CommandContext } from "../command.ts";
import { unlessGiven } from "../decides.ts";
import { clip, counted, printable } from "../render/text.ts";
import { typedText } from "../typed_text.ts";

/** `ouroboros apply`: the one command that changes the user's files. */
export const apply: Command = {
  name: "apply",
  usage: "[RUN]",
  summary: "Brings a run's changes into your files, as uncommitted changes.",
  details: [
    "Your later edits stay: changes are merged with the files as they are now, and where both " +
    "changed the same lines nothing is written and the paths are listed. Your index is not touched.",
  ],
  options: {
    commit: { value: "MESSAGE", help: "Make a commit of it on the present branch" },
    branch: { value: "NAME", help: "Put it on a new branch; your files do not change" },
    "dry-run": { help: "Say what would change" },
    json: { help: "JSON on stdout" },
  },
  examples: ["ouroboros apply", "ouroboros apply RUN --branch coupons"],
  decides: unlessGiven("dry-run"),
  positional: [0, 1],
  async run({ app, words, output }: CommandContext): Promise<ExitCode> {
    const commit = words.text("commit");
    const branch = words.text("branch");
    if (commit !== undefined && branch !== undefined) {
      throw new OuroborosError({
        code: "usage",
        message: 'Give "--commit" or "--branch", not both',
        hint: "ouroboros apply --help",
      });
    }
    const result = await applyRun(app, words.positional[0], {
      dryRun: words.has("dry-run"),
      mode: commit !== undefined
        ? { kind: "commit", message: commit }
        : branch !== undefined
        ? { kind: "branch", name: branch }
        : { kind: "worktree" },
    });
    output.out(
      words.has("json") ? `${JSON.stringify(result)}\n` : await typedText(app, applyText(result)),
    );
    return EXIT.done;
  },
};

/** What an apply or an undo changed, a line a path. */
export function applyText(result: ApplyResult): string {
  const marks = { added: "A", modified: "M", deleted: "D", type: "T" } as const;
  const lines = result.paths.map((one) => `  ${marks[one.kind]} ${printable(one.path)}\n`);
  const back = result.undoHint && !result.dryRun ? `; to take it back: ${result.undoHint}` : "";
  const note = result.links.length > 0
    ? `Note: ${printable(outsideLinksText(result.links))}\n`
    : "";
  const unproved = (result.unproved ?? []).map(({ criterion, state, reason }) =>
    `Note: with it comes work that nothing proved: criterion ${criterion} (${state})${
      reason === "" ? "" : `: ${clip(reason, 300)}`
    }\n`
  );
  return `${lines.join("")}${note}${unproved.join("")}${doneText(result)}${back}\n`;
}

function doneText(result: ApplyResult): string {
  const { dryRun, where, undoHint } = result;
  const count = counted(result.paths.length, "file");
  if (where === "branch" && undoHint === undefined) {
    return dryRun ? "Would remove the branch" : "Removed the branch; your files did not change";
  }
  if (where === "branch") {
    return dryRun
      ? `Would put ${count} on a new branch`
      : `Put ${count} on a new branch; your files did not change`;
  }
  if (where === "commit" && undoHint !== undefined) {
    return dryRun ? `Would commit ${count}` : `Committed ${count}`;
  }
  return dryRun ? `Would change ${count}` : `Changed ${count}`;
}
