import { z } from "zod";
import { documentProblems, problemText } from "../../kernel/document_problem.ts";
import { messageOf, OuroborosError } from "../../kernel/error.ts";
import type { EditValue, UndoStep } from "../edit/change.ts";

/** One step of an edit, as a receipt keeps it. */
export interface RecordedStep extends UndoStep {
  /**
   * Counts the steps in one file over all parts of the receipt: two runtimes that were set up in
   * one file (our configuration) are taken back in the order of what was written, not of who wrote.
   */
  order: number;
}

const digest = z.string().regex(/^[0-9a-f]{64}$/);

const editValue: z.ZodType<EditValue> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.array(editValue),
    z.record(z.string(), editValue),
  ])
);

const recordedStep: z.ZodType<RecordedStep> = z.strictObject({
  order: z.number().int().min(0),
  did: z.enum(["insert", "replace", "remove", "add_item", "remove_item"]),
  path: z.array(z.string()),
  made: z.number().int().min(0),
  wasNull: z.boolean(),
  value: editValue.optional(),
  former: editValue.optional(),
  at: z.number().int().min(0),
  fromEnd: z.number().int().min(0),
  added: z.string(),
  removed: z.string(),
});

/** A file of the user's (or a host's) in which something was set. */
const editedFile = z.strictObject({
  path: z.string(),
  format: z.enum(["yaml", "toml", "jsonc", "json", "markdown"]),
  /** Of Markdown: the lines around the block. */
  markers: z.strictObject({ start: z.string(), end: z.string() }).optional(),
  /** Digest before the first of our edits, by whatever part; null: we made the file. */
  before: digest.nullable(),
  /**
   * Digest after the last one, by whatever part: with it undo gives the file back to the byte. All
   * parts that edited one file say the same here and in `before`.
   */
  after: digest,
  /** Every step of every run of this part, in their order. */
  undo: z.array(recordedStep).readonly(),
});

/** A file that is wholly ours. */
const ownFile = z.strictObject({ path: z.string(), sha256: digest });

const installed = z.strictObject({
  /** UTC, ISO 8601: when it was last set up. */
  at: z.string(),
  /** Version of this program that did it. */
  by: z.string(),
  files: z.array(ownFile).readonly(),
  edits: z.array(editedFile).readonly(),
  /**
   * Folders that were made for these, the outermost first. One that several parts lie in stands in
   * each of them: it goes with the last.
   */
  folders: z.array(z.string()).readonly(),
  /** Tools that were approved in the host, by their own names, because it was asked for. */
  approved: z.array(z.string()).readonly().optional(),
  /** Files of an earlier installer that setting up removed or wrote over, and when. */
  removed: z.array(z.strictObject({ path: z.string(), at: z.string() })).readonly().optional(),
});

const receiptSchema = z.strictObject({
  version: z.literal(1),
  /** By a runtime's id. */
  runtimes: z.record(z.string(), installed),
  /** What is ours alone: our configuration, our folder. */
  own: installed.optional(),
  /** By a project's folder, absolute: our section in its instructions. */
  projects: z.record(z.string(), installed).optional(),
});

/** Everything that setting up has put on this machine, and how each of it is taken back. */
export type InstallReceipt = z.infer<typeof receiptSchema>;

/** What belongs to one runtime. */
export type InstalledPart = z.infer<typeof installed>;

/** One edited file of a receipt. */
export type EditedFile = z.infer<typeof editedFile>;

/** Where the receipt lies in our own folder. */
export function receiptPath(root: string): string {
  return `${root}/install.json`;
}

/** A receipt as the bytes of its file. */
export function encodeReceipt(receipt: InstallReceipt): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(receipt, null, 2) + "\n");
}

/** The receipt in a file's bytes. Errors: receipt_invalid with what is wrong in it. */
export function decodeReceipt(bytes: Uint8Array, path: string): InstallReceipt {
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw invalid(path, messageOf(cause), cause);
  }
  const result = receiptSchema.safeParse(document);
  if (result.success) return result.data;
  throw invalid(path, problemText(documentProblems(result.error.issues, document)), result.error);
}

function invalid(path: string, detail: string, cause: unknown): OuroborosError {
  return new OuroborosError({
    code: "receipt_invalid",
    message: `Read "${path}": ${detail}`,
    hint:
      `It may be of a later version; to set up without it, move it away: mv "${path}" "${path}.old"`,
    cause,
  });
}
