import { z } from "zod";
import { OuroborosError } from "../../kernel/error.ts";
import { fileTrouble, isNoFolder } from "./file_trouble.ts";
import { stageFile, syncFolder } from "./stage_file.ts";

const digest = z.string().regex(/^[0-9a-f]{64}$/).nullable();

const planSchema = z.strictObject({
  version: z.literal(1),
  token: z.string().regex(/^[0-9a-f]{8,64}$/),
  steps: z.array(z.strictObject({ path: z.string(), before: digest, after: digest })),
  made: z.array(z.string()),
  emptied: z.array(z.string()),
});

const phaseSchema = z.strictObject({ phase: z.enum(["committing", "rolling_back", "done"]) });

/** What a transaction is about to do: enough to complete it or take it back. */
export type PendingPlan = z.infer<typeof planSchema>;

/** How far a transaction came; `staging`: no file has been touched. */
export type PendingPhase = "staging" | z.infer<typeof phaseSchema>["phase"];

/** The record of a transaction under way, held by the process that works on it. */
export interface Pending extends Disposable {
  enter(phase: Exclude<PendingPhase, "staging">): Promise<void>;
  /** Ends it: there is nothing to recover any more. */
  remove(): Promise<void>;
}

/** Where the record lies in our own folder. */
export function pendingPath(root: string): string {
  return `${root}/install.pending.json`;
}

/** Begins a record. Errors: setup_unfinished when there is one already. */
export async function beginPending(root: string, plan: PendingPlan): Promise<Pending> {
  const path = pendingPath(root);
  try {
    await stageFile(path, encode(plan), { mode: 0o600 });
  } catch (thrown) {
    if (thrown instanceof Deno.errors.AlreadyExists) throw unfinished(path);
    await Deno.remove(path).catch(() => {});
    throw fileTrouble("Write", path, thrown);
  }
  await syncFolder(root);
  const held = await hold(path);
  if (held === "none") throw unfinished(path);
  return held;
}

/**
 * Takes over a record that was left behind: its plan (undefined when it was cut off before
 * anything was done) and phase. Undefined when there is none. Errors: setup_unfinished when
 * another process is at work on it, or when it is damaged.
 */
export async function takePending(
  root: string,
): Promise<{ pending: Pending; plan?: PendingPlan; phase: PendingPhase } | undefined> {
  const path = pendingPath(root);
  const pending = await hold(path);
  if (pending === "none") return undefined;
  try {
    const lines = (await Deno.readTextFile(path)).split("\n");
    // A line without its end was cut off while it was written: what it announces was not begun.
    const whole = lines.slice(0, -1);
    if (whole.length === 0) return { pending, phase: "staging" };
    const plan = planSchema.parse(JSON.parse(whole[0]!));
    const phases = whole.slice(1).map((line) => phaseSchema.parse(JSON.parse(line)).phase);
    return { pending, plan, phase: phases.at(-1) ?? "staging" };
  } catch (cause) {
    pending[Symbol.dispose]();
    throw new OuroborosError({
      code: "setup_unfinished",
      message: `Read "${path}": it is damaged`,
      hint: `Look at the files that it names, then remove it: rm "${path}"`,
      cause,
    });
  }
}

async function hold(path: string): Promise<Pending | "none"> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path, { read: true, append: true });
  } catch (thrown) {
    // Whoever looks at the files themselves says what stands in the folder's place.
    if (thrown instanceof Deno.errors.NotFound || isNoFolder(thrown)) return "none";
    throw fileTrouble("Read", path, thrown);
  }
  try {
    if (!await file.tryLock(true)) throw busy(path);
    // It may have been ended, and begun anew, between opening and locking.
    const [held, there] = await Promise.all([file.stat(), Deno.stat(path).catch(() => undefined)]);
    if (there === undefined) {
      file.close();
      return "none";
    }
    if (held.ino !== there.ino) throw busy(path);
  } catch (thrown) {
    file.close();
    throw thrown;
  }
  return {
    enter: async (phase) => {
      const bytes = encode({ phase });
      for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
      await file.sync();
    },
    remove: () => Deno.remove(path),
    [Symbol.dispose]: () => file.close(),
  };
}

function encode(line: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(line) + "\n");
}

function busy(path: string): OuroborosError {
  return new OuroborosError({
    code: "setup_unfinished",
    message: `Change files: another ouroboros is at work on them, it holds "${path}"`,
    hint: "Wait for it to end, then run the same command again",
    retryable: true,
  });
}

function unfinished(path: string): OuroborosError {
  return new OuroborosError({
    code: "setup_unfinished",
    message: `Change files: an earlier set-up was cut off, see "${path}"`,
    hint: "Run the same command again: it is completed or taken back first",
    retryable: true,
  });
}
