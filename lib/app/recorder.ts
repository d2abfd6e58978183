import { sha256 } from "../kernel/digest.ts";
import { messageOf, OuroborosError } from "../kernel/error.ts";
import { addUsage, type Outcome } from "../kernel/outcome.ts";
import {
  isInsideLink,
  isInsidePath,
  type RecordedAttempt,
  type RecordedCompletion,
  type RecordedMode,
  type RecordedStep,
  type Recording,
  RECORDING_UNITS,
} from "../kernel/recording.ts";
import type { RuntimeEvent } from "../kernel/runtime_event.ts";
import { writeWhole } from "../workspace/write_whole.ts";

/** Which attempt is meant. */
export interface AttemptAt {
  criterion: string;
  /** From 1. */
  attempt: number;
}

/** What an attempt changed, as the run's tree has it; paths are those of the whole tree. */
export interface AttemptChanges {
  changed: readonly { path: string; kind: "added" | "modified" | "deleted" | "type" }[];
  /** Bytes of a path after the attempt; of a link, its target. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** What a path is; left out: plain files. */
  modeOf?(path: string): Promise<RecordedMode | undefined>;
  finalText?: string;
}

/** Collects what the agents of a run do, and gives a recording of it. */
export interface Recorder {
  /** An attempt begins; its prompt is kept as a digest only. */
  begin(at: AttemptAt, prompt?: string): void;
  /** One neutral event of an attempt that began. */
  event(at: AttemptAt, event: RuntimeEvent): void;
  /** The files of an attempt, once it is recorded in the run's tree. */
  changes(at: AttemptAt, changes: AttemptChanges): Promise<void>;
  /** What a model answered; a later answer to the same takes the place of the first. */
  completion(one: RecordedCompletion): void;
  /** Everything so far, attempts in the order in which they began. */
  recording(): Recording;
  /** Writes the recording, whole or not at all. Errors: not_writable, recording_invalid. */
  write(path: string): Promise<void>;
}

/** What a recorder must know. */
export interface RecorderOptions {
  title: string;
  /** Runtime that is recorded. */
  runtime: string;
  /** The agent's folder within the tree, "a/b"; left out or "" or ".": the tree itself. */
  dir?: string;
  /** Takes secrets out of what was said; file contents are kept as they are. */
  redact?(text: string): string;
}

/** Steps of talk that one attempt may have: a recording is for showing, not for auditing. */
const TALK_STEPS = 2000;

interface Draft {
  at: AttemptAt;
  prompt: string | undefined;
  talk: RecordedStep[];
  /** Tools that began, by call. */
  begun: Map<string, string>;
  files: RecordedStep[];
  outcome: Outcome | undefined;
  finalText: string | undefined;
  usage: RecordedAttempt["usage"];
}

/** A recorder of one run. What happened is played again in this order: talk, files, failure. */
export function createRecorder(options: RecorderOptions): Recorder {
  const drafts = new Map<string, Draft>();
  const redact = options.redact ?? ((text) => text);
  const draftOf = (at: AttemptAt): Draft => {
    const key = JSON.stringify([at.criterion, at.attempt]);
    const draft = drafts.get(key) ?? emptyDraft(at);
    drafts.set(key, draft);
    return draft;
  };
  const answers = new Map<string, RecordedCompletion>();
  const recording = (): Recording => ({
    schema: 1,
    title: options.title,
    runtime: options.runtime,
    attempts: [...drafts.values()].map((draft) => finishDraft(draft, redact)),
    ...(answers.size === 0 ? {} : { completions: [...answers.values()] }),
  });
  return {
    recording,
    begin(at, prompt) {
      draftOf(at).prompt = prompt === undefined ? undefined : sha256(prompt);
    },
    event: (at, event) => noteEvent(draftOf(at), event, redact),
    async changes(at, changes) {
      const draft = draftOf(at);
      draft.finalText = changes.finalText ?? draft.finalText;
      draft.files = await fileSteps(changes, options.dir ?? "");
    },
    completion(one) {
      const { kind, number, turn = 1, fail } = one;
      answers.set(JSON.stringify([kind, number, turn]), {
        ...one,
        answer: redact(one.answer),
        ...(fail === undefined ? {} : { fail: { ...fail, message: redact(fail.message) } }),
      });
    },
    write: (path) => writeRecording(recording(), path),
  };
}

function emptyDraft({ criterion, attempt }: AttemptAt): Draft {
  return {
    at: { criterion, attempt },
    prompt: undefined,
    talk: [],
    begun: new Map(),
    files: [],
    outcome: undefined,
    finalText: undefined,
    usage: undefined,
  };
}

function finishDraft(draft: Draft, redact: (text: string) => string): RecordedAttempt {
  const { outcome } = draft;
  const fail: RecordedStep[] = outcome && outcome.reason !== "completed"
    ? [{ fail: { code: outcome.code ?? "agent_failed", message: redact(outcome.message ?? "") } }]
    : [];
  return {
    ...draft.at,
    ...(draft.prompt === undefined ? {} : { prompt: draft.prompt }),
    steps: [...draft.talk, ...draft.files, ...fail],
    finalText: redact(draft.finalText ?? outcome?.finalText ?? ""),
    ...(draft.usage === undefined ? {} : { usage: draft.usage }),
  };
}

function noteEvent(draft: Draft, event: RuntimeEvent, redact: (text: string) => string): void {
  const add = (step: RecordedStep) => {
    if (draft.talk.length < TALK_STEPS) draft.talk.push(step);
  };
  switch (event.type) {
    case "text":
      add({ say: redact(event.text) });
      break;
    case "thinking":
      add({ think: redact(event.text) });
      break;
    case "tool_started":
      draft.begun.set(event.callId, event.summary);
      break;
    case "tool_finished": {
      const summary = draft.begun.get(event.callId) || event.summary;
      draft.begun.delete(event.callId);
      add({ tool: event.tool || "tool", summary: redact(summary), ok: event.ok });
      break;
    }
    case "usage":
      draft.usage = addUsage(draft.usage ?? {}, event.usage);
      break;
    case "finished":
      draft.outcome = event.outcome;
  }
}

/** Removals first: a file may stand where a folder was, and the other way round. */
async function fileSteps(changes: AttemptChanges, dir: string): Promise<RecordedStep[]> {
  const removals: RecordedStep[] = [];
  const writes: RecordedStep[] = [];
  const left: RecordedStep[] = [];
  for (const { path, kind } of changes.changed) {
    const inside = insideDir(path, dir);
    const bytes = kind === "deleted" ? undefined : await changes.read(path);
    if (inside === undefined || (kind !== "deleted" && bytes === undefined)) {
      left.push({ tool: "not recorded", summary: path, ok: false });
    } else if (bytes === undefined) removals.push({ remove: inside });
    else {
      const mode = await changes.modeOf?.(path);
      const step = writeStep(inside, bytes, { mode, isNew: kind === "added" });
      if (step) writes.push(step);
      else left.push({ tool: "not recorded", summary: path, ok: false });
    }
  }
  return [...removals, ...writes, ...left];
}

/** The path as the agent sees it; undefined for one that a recording must not name. */
function insideDir(path: string, dir: string): string | undefined {
  const prefix = dir === "" || dir === "." ? "" : `${dir.replace(/\/+$/, "")}/`;
  const inside = path.startsWith(prefix) ? path.slice(prefix.length) : "";
  return isInsidePath(inside) ? inside : undefined;
}

function writeStep(
  path: string,
  bytes: Uint8Array,
  { mode, isNew }: { mode: RecordedMode | undefined; isNew: boolean },
): RecordedStep | undefined {
  const shown = mode === undefined || (mode === "plain" && isNew) ? {} : { mode };
  const text = asText(bytes);
  if (mode === "link" && (text === undefined || !isInsideLink(path, text))) return undefined;
  return text === undefined
    ? { write: path, base64: bytes.toBase64(), ...shown }
    : { write: path, text, ...shown };
}

/** Undefined for bytes that are no UTF-8: those come back only from base64. */
function asText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

async function writeRecording(recording: Recording, path: string): Promise<void> {
  const text = `${JSON.stringify(recording, null, 2)}\n`;
  if (text.length > RECORDING_UNITS) {
    throw new OuroborosError({
      code: "recording_invalid",
      message: `Write the recording "${path}": the run's files are too large for one ` +
        `(${Math.ceil(text.length / 1024 / 1024)} MiB)`,
    });
  }
  try {
    await writeWhole(path, text);
  } catch (error) {
    throw new OuroborosError({
      code: "not_writable",
      message: `Write the recording "${path}": ${messageOf(error)}`,
      hint: "Give another place with --record FILE",
      cause: error,
    });
  }
}
