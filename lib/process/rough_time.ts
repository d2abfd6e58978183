import { durationText } from "../kernel/duration_text.ts";

/** A stretch of time for people, rounded down: `22m`, `90s`, `500ms`. */
export function roughTime(ms: number): string {
  const unit = ms >= 600_000 ? 60_000 : ms >= 1000 ? 1000 : 1;
  return durationText(Math.floor(ms / unit) * unit);
}
