import { documentPath, type DocumentProblem, problemText } from "./document_problem.ts";
import { ERROR_CODES, messageOf, OuroborosError } from "./error.ts";
import {
  isInsideLink,
  isInsidePath,
  type RecordedMode,
  type Recording,
  RECORDING_UNITS,
} from "./recording.ts";

const LONGEST_WAIT_MS = 600_000;
const KINDS = ["say", "think", "write", "remove", "run", "tool", "wait_ms", "fail"] as const;
const MODES: readonly unknown[] = ["plain", "executable", "link"] satisfies RecordedMode[];
const USAGE = [
  "inputTokens",
  "cachedInputTokens",
  "cacheWriteTokens",
  "outputTokens",
  "reasoningTokens",
  "costUsd",
];

/**
 * Reads a recording's JSON text; every problem is named with its exact path.
 * Throws OuroborosError recording_invalid.
 */
export function parseRecording(text: string, name: string = "recording"): Recording {
  const refuse = (problems: readonly DocumentProblem[]) => {
    throw new OuroborosError({
      code: "recording_invalid",
      message: `Read the recording "${name}": ${problemText(problems.slice(0, 20))}`,
      hint: "Make one with: ouroboros run SEED --record FILE",
    });
  };
  if (text.length > RECORDING_UNITS) {
    refuse([{ path: "", message: `is larger than ${RECORDING_UNITS / 1024 / 1024} MiB` }]);
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    refuse([{ path: "", message: `it is no JSON: ${messageOf(error).replace(/\s+/g, " ")}` }]);
  }
  const found = new Problems();
  readRecording(found, document);
  if (found.list.length > 0) refuse(found.list);
  return document as Recording;
}

type Path = readonly (string | number)[];
type Members = Readonly<Record<string, unknown>>;

class Problems {
  readonly list: DocumentProblem[] = [];

  add(path: Path, message: string): void {
    this.list.push({ path: documentPath(path), message });
  }

  /** `value` as a mapping that has no other members than these. */
  mapping(path: Path, value: unknown, members: readonly string[]): Members | undefined {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      this.add(path, "must be a mapping");
      return undefined;
    }
    for (const key of Object.keys(value)) {
      if (!members.includes(key)) this.add([...path, key], "is not known");
    }
    return value as Members;
  }

  text(path: Path, value: unknown): value is string {
    if (typeof value === "string") return true;
    this.add(path, value === undefined ? "is missing" : "must be text");
    return false;
  }

  filled(path: Path, value: unknown): void {
    if (this.text(path, value) && value.trim() === "") this.add(path, "must not be empty");
  }

  items(path: Path, value: unknown): readonly unknown[] {
    if (Array.isArray(value)) return value;
    this.add(path, value === undefined ? "is missing" : "must be a list");
    return [];
  }

  whole(path: Path, value: unknown, [least, most]: readonly [number, number]): void {
    if (!Number.isSafeInteger(value) || (value as number) < least || (value as number) > most) {
      this.add(path, `must be a whole number from ${least} to ${most}`);
    }
  }
}

function readRecording(found: Problems, document: unknown): void {
  const root = found.mapping([], document, [
    "schema",
    "title",
    "runtime",
    "attempts",
    "completions",
  ]);
  if (!root) return;
  if (root.schema !== 1) found.add(["schema"], "must be 1");
  found.filled(["title"], root.title);
  found.filled(["runtime"], root.runtime);
  const seen = new Set<string>();
  found.items(["attempts"], root.attempts).forEach((attempt, index) => {
    const path = ["attempts", index];
    readAttempt(found, path, attempt);
    const { criterion, attempt: number } = Object(attempt) as Members;
    const key = JSON.stringify([criterion, number]);
    if (seen.has(key)) found.add(path, `repeats attempt ${number} of criterion "${criterion}"`);
    seen.add(key);
  });
  if (root.completions !== undefined) readCompletions(found, root.completions);
}

function readCompletions(found: Problems, value: unknown): void {
  const seen = new Set<string>();
  found.items(["completions"], value).forEach((one, index) => {
    const path = ["completions", index];
    readCompletion(found, path, one);
    const { kind, number, turn = 1 } = Object(one) as Members;
    const key = JSON.stringify([kind, number, turn]);
    if (seen.has(key)) found.add(path, `repeats answer ${turn} to question ${number} of "${kind}"`);
    seen.add(key);
  });
}

function readCompletion(found: Problems, path: Path, value: unknown): void {
  const members = ["kind", "number", "turn", "prompt", "answer", "usage", "fail"];
  const one = found.mapping(path, value, members);
  if (!one) return;
  found.filled([...path, "kind"], one.kind);
  found.whole([...path, "number"], one.number, [1, 100_000]);
  if (one.turn !== undefined) found.whole([...path, "turn"], one.turn, [1, 2]);
  readDigest(found, [...path, "prompt"], one.prompt);
  found.text([...path, "answer"], one.answer);
  if (one.usage !== undefined) readUsage(found, [...path, "usage"], one.usage);
  if (one.fail !== undefined) readFail(found, [...path, "fail"], one.fail);
}

function readDigest(found: Problems, path: Path, value: unknown): void {
  if (value === undefined || /^[0-9a-f]{64}$/.test(String(value))) return;
  found.add(path, "must be a SHA-256 in 64 lower-case hex digits");
}

function readFail(found: Problems, path: Path, value: unknown): void {
  const fail = found.mapping(path, value, ["code", "message"]);
  if (!fail) return;
  if (typeof fail.code !== "string" || !Object.hasOwn(ERROR_CODES, fail.code)) {
    found.add([...path, "code"], "must be an error code of this program");
  }
  found.text([...path, "message"], fail.message);
}

function readAttempt(found: Problems, path: Path, value: unknown): void {
  const attempt = found.mapping(path, value, [
    "criterion",
    "attempt",
    "prompt",
    "steps",
    "finalText",
    "usage",
  ]);
  if (!attempt) return;
  found.filled([...path, "criterion"], attempt.criterion);
  found.whole([...path, "attempt"], attempt.attempt, [1, 1000]);
  readDigest(found, [...path, "prompt"], attempt.prompt);
  found.text([...path, "finalText"], attempt.finalText);
  if (attempt.usage !== undefined) readUsage(found, [...path, "usage"], attempt.usage);
  found.items([...path, "steps"], attempt.steps).forEach((step, index) =>
    readStep(found, [...path, "steps", index], step)
  );
}

function readUsage(found: Problems, path: Path, value: unknown): void {
  for (const [key, amount] of Object.entries(found.mapping(path, value, USAGE) ?? {})) {
    if (typeof amount !== "number" || !(amount >= 0)) {
      found.add([...path, key], "must be a number from 0");
    }
  }
}

function readStep(found: Problems, path: Path, value: unknown): void {
  const kinds = KINDS.filter((kind) => Object.hasOwn(Object(value), kind));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    found.add(path, `must have exactly one of ${KINDS.join(", ")}`);
    return;
  }
  const members: Partial<Record<typeof kind, string[]>> = {
    write: ["text", "base64", "mode"],
    run: ["exit"],
    tool: ["summary", "ok"],
  };
  const step = found.mapping(path, value, [kind, ...members[kind] ?? []]);
  if (!step) return;
  const at = [...path, kind];
  switch (kind) {
    case "say":
    case "think":
      found.text(at, step[kind]);
      break;
    case "write":
      readWrite(found, path, step);
      break;
    case "remove":
      readPath(found, at, step.remove);
      break;
    case "run":
      found.filled(at, step.run);
      if (step.exit !== undefined) found.whole([...path, "exit"], step.exit, [0, 255]);
      break;
    case "tool":
      found.filled(at, step.tool);
      found.text([...path, "summary"], step.summary);
      if (typeof step.ok !== "boolean") found.add([...path, "ok"], "must be true or false");
      break;
    case "wait_ms":
      found.whole(at, step.wait_ms, [0, LONGEST_WAIT_MS]);
      break;
    case "fail":
      readFail(found, at, step.fail);
  }
}

function readPath(found: Problems, path: Path, value: unknown): value is string {
  if (!found.text(path, value)) return false;
  if (isInsidePath(value)) return true;
  found.add(path, `must be a path inside the work folder, is ${JSON.stringify(value)}`);
  return false;
}

function readWrite(found: Problems, path: Path, step: Members): void {
  const inside = readPath(found, [...path, "write"], step.write);
  const { text, base64, mode } = step;
  if ((text === undefined) === (base64 === undefined)) {
    found.add(path, "must have either text or base64");
  } else if (text !== undefined) found.text([...path, "text"], text);
  else if (found.text([...path, "base64"], base64) && !isBase64(base64)) {
    found.add([...path, "base64"], "must be base64");
  }
  if (mode !== undefined && !MODES.includes(mode)) {
    found.add([...path, "mode"], `must be ${MODES.map((one) => `"${one}"`).join(" or ")}`);
  }
  if (mode !== "link" || !inside) return;
  if (typeof text !== "string" || !isInsideLink(step.write as string, text)) {
    found.add([...path, "text"], "must be the link's target, inside the work folder");
  }
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
