import type { RunProgress } from "../../lib/app/run/progress.ts";

/** What people were told beside a run's events, in order. */
export function noticesOf(progress: readonly RunProgress[]): string[] {
  return progress.flatMap((one) => one.type === "notice" ? [one.text] : []);
}
