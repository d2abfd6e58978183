import type { RunView } from "../../app/run/views.ts";
import { paintState, palette } from "./color.ts";
import { clip, counted, facts, localTime } from "./text.ts";

/** A run for people: its state, each criterion with the reason, what was used, what to type next. */
export function runText(run: RunView, options: { color: boolean; columns: number }): string {
  const paint = palette(options.color);
  const width = Math.max(40, options.columns);
  const head = facts([
    ["Run", run.id],
    ["Goal", clip(run.goal, width * 2)],
    ["State", `${paintState(paint, run.state)}${run.reason ? `: ${clip(run.reason, 500)}` : ""}`],
    ["Agent", `${run.runtime}, permission ${run.permission}, ${counted(run.attempts, "start")}`],
    ["Used", usageText(run)],
    ["Project", run.project],
    ["Times", `${localTime(run.createdAt)} to ${localTime(run.updatedAt)}`],
  ], width);
  const idWidth = Math.max(...run.criteria.map((one) => one.id.length), 1);
  const criteria = run.criteria.map((one) => {
    const by = one.acceptedBy === null ? "" : ` by ${one.acceptedBy}`;
    const tries = one.tries > 0 ? `, ${counted(one.tries, "try", "tries")}` : "";
    const reason = one.reason
      ? `\n${" ".repeat(idWidth + 4)}${clip(one.reason, width - idWidth - 5)}`
      : "";
    return `  ${one.id.padEnd(idWidth)}  ${paintState(paint, one.state)}${by}${tries}  ${
      clip(one.description, Math.max(20, width - idWidth - 30))
    }${reason}\n`;
  }).join("");
  const next = nextCommands(run);
  return `${head}\n${criteria}${
    next.length > 0 ? `\nNext:\n${next.map((line) => `  ${line}\n`).join("")}` : ""
  }`;
}

/** What can be typed next, given where a run stands. */
export function nextCommands(run: RunView): string[] {
  if (run.discarded) return [];
  if (run.state === "running") return [`ouroboros status ${run.id}`, `ouroboros cancel ${run.id}`];
  if (run.state === "interrupted") return [run.hint ?? `ouroboros resume ${run.id}`];
  if (run.applied) return [`ouroboros undo ${run.id}`];
  const open = run.criteria.find((one) => one.state === "unverified" || one.state === "failed");
  return [
    ...(run.changed ? [`ouroboros diff ${run.id}`, `ouroboros apply ${run.id}`] : []),
    ...(open ? [`ouroboros accept ${run.id} ${open.id} --reason "…"`] : []),
    ...(run.attempts > 0 ? [`ouroboros receipts ${run.id}`] : []),
  ];
}

/** Tokens and cost as the provider reported them. */
export function usageText(run: Pick<RunView, "usage">): string {
  const { inputTokens, cachedInputTokens, outputTokens, reasoningTokens, costUsd } = run.usage;
  const parts: string[] = [];
  if (inputTokens !== undefined) parts.push(`${inputTokens} tokens read`);
  if (cachedInputTokens) parts.push(`${cachedInputTokens} from a cache`);
  if (outputTokens !== undefined) {
    parts.push(`${outputTokens + (reasoningTokens ?? 0)} written`);
  }
  if (costUsd !== undefined) parts.push(`$${costUsd.toFixed(4)} (as reported)`);
  return parts.length > 0 ? parts.join(", ") : "not reported";
}
