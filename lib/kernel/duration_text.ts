const UNITS = [["h", 3_600_000], ["m", 60_000], ["s", 1000]] as const;

/** Milliseconds as the configuration and our messages write them: `90s`, `10m`, `1h`, `500ms`. */
export function durationText(ms: number): string {
  const unit = UNITS.find(([, size]) => ms >= size && ms % size === 0);
  return unit === undefined ? `${ms}ms` : `${ms / unit[1]}${unit[0]}`;
}
