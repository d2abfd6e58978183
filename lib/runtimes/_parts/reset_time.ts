const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const BEFORE = "\\b(?:resets?|again|retry|available|until)[ \\t:·]{1,4}(?:at|on)?[ \\t]{0,4}";
const EPOCH = /\blimit reached\|(\d{10}|\d{13})(?!\d)/i;
const STAMP = new RegExp(
  `${BEFORE}(\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?(?:Z|[+-]\\d\\d:\\d\\d))`,
  "i",
);
const DATE =
  "([a-z]{3})[a-z]{0,6}\\.?\\s(\\d{1,2})(?:st|nd|rd|th)?,?\\s(?:(\\d{4}),?\\s)?(?:at\\s)?";
const WALL = new RegExp(
  `${BEFORE}(?:${DATE})?(\\d{1,2})(?::(\\d\\d))?\\s?([ap])m\\b(?:\\s?\\(([^()\\n]{1,40})\\))?`,
  "i",
);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const HALF_YEAR_MS = 183 * 24 * HOUR_MS;

/** What a clock on a wall shows. */
interface Wall {
  year: number;
  /** From 0. */
  month: number;
  day: number;
  hour: number;
  minute: number;
}

/**
 * When a rate limit resets, in milliseconds since 1970, where a text names the time: "resets 3:15pm
 * (Europe/Berlin)", "try again at Dec 2nd, 2026 3:05 PM", "limit reached|1764774000". Without a zone
 * it is this machine's. Undefined where the time is past or cannot be read.
 */
export function resetTime(text: string, now: number): number | undefined {
  const at = epochTime(text) ?? stampTime(text) ?? wallTime(text, now);
  return at !== undefined && at > now ? at : undefined;
}

function epochTime(text: string): number | undefined {
  const digits = EPOCH.exec(text)?.[1];
  if (digits === undefined) return undefined;
  return digits.length === 13 ? Number(digits) : Number(digits) * 1000;
}

function stampTime(text: string): number | undefined {
  const at = Date.parse(STAMP.exec(text)?.[1]?.replace(" ", "T") ?? "");
  return Number.isNaN(at) ? undefined : at;
}

function wallTime(text: string, now: number): number | undefined {
  const found = WALL.exec(text);
  if (!found) return undefined;
  const [, monthName, dayText, yearText, hourText, minuteText = "0", half, zone] = found;
  const clock = zoneClock(zone?.trim());
  if (!clock) return undefined;
  const today = clock(now);
  const [hour, minute] = [Number(hourText), Number(minuteText)];
  const month = monthName === undefined ? today.month : MONTHS.indexOf(monthName.toLowerCase());
  const wall = {
    year: yearText === undefined ? today.year : Number(yearText),
    month,
    day: dayText === undefined ? today.day : Number(dayText),
    hour: hour % 12 + (half?.toLowerCase() === "p" ? 12 : 0),
    minute,
  };
  if (hour < 1 || hour > 12 || !isReal(wall)) return undefined;
  const at = endOfMinute(wall, clock);
  if (monthName === undefined) {
    // It is within a day. Where it was a moment ago it is over, and not tomorrow.
    return at > now - HOUR_MS ? at : endOfMinute({ ...wall, day: wall.day + 1 }, clock);
  }
  // In December a day of January is one of the next year.
  const isNext = yearText === undefined && at < now - HALF_YEAR_MS;
  return isNext ? endOfMinute({ ...wall, year: wall.year + 1 }, clock) : at;
}

/** No 31st of February: `Date` would take it for a day in March. */
function isReal({ year, month, day, minute }: Wall): boolean {
  return month >= 0 && minute < 60 && new Date(Date.UTC(year, month, day)).getUTCDate() === day;
}

/** The seconds are not told, so the limit may hold through that whole minute. */
function endOfMinute(wall: Wall, clock: (ms: number) => Wall): number {
  const asUtc = (one: Wall) => Date.UTC(one.year, one.month, one.day, one.hour, one.minute);
  const wanted = asUtc(wall);
  let at = wanted;
  // The second round is for a zone that changes its clocks between the guess and the time.
  for (let round = 0; round < 2; round++) {
    const off = asUtc(clock(at)) - wanted;
    at -= off;
  }
  return at + MINUTE_MS;
}

/** What the clocks of a zone show at a time; undefined where there is no such zone. */
function zoneClock(zone: string | undefined): ((ms: number) => Wall) | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", {
      ...(zone === undefined ? {} : { timeZone: zone }),
      ...{ year: "numeric", month: "numeric", day: "numeric" },
      ...{ hour: "numeric", minute: "numeric", hourCycle: "h23" },
    });
  } catch (error) {
    // The name is one that this machine does not know: the time cannot be read.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  return (ms) => {
    const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
    return {
      year: part("year"),
      month: part("month") - 1,
      day: part("day"),
      hour: part("hour"),
      minute: part("minute"),
    };
  };
}
