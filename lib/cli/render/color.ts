/** Paints a text; without colour the text itself. */
export interface Palette {
  good(text: string): string;
  bad(text: string): string;
  unsure(text: string): string;
  dim(text: string): string;
  strong(text: string): string;
}

/** The palette of an output. */
export function palette(color: boolean): Palette {
  const paint = (code: number) => (text: string) => color ? `\x1b[${code}m${text}\x1b[0m` : text;
  return { good: paint(32), bad: paint(31), unsure: paint(33), dim: paint(2), strong: paint(1) };
}

/** Paints a criterion's or a run's state by what it means. */
export function paintState(paint: Palette, state: string): string {
  if (state === "passed" || state === "accepted") return paint.good(state);
  if (state === "failed") return paint.bad(state);
  if (state === "running" || state === "working") return paint.strong(state);
  return paint.unsure(state);
}
