/** A time in the reader's own zone, from the UTC text that is stored. */
export function localTime(utc: string): string {
  const at = new Date(utc);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${
    two(at.getHours())
  }:${two(at.getMinutes())}`;
}
