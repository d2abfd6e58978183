import { join } from "@std/path";
import { messageOf, OuroborosError } from "../../kernel/error.ts";
import type { Output } from "../../kernel/output.ts";
import { writeWhole } from "../../workspace/write_whole.ts";
import type { App } from "../app.ts";
import { missing } from "../inside_folder.ts";

/** Work that a try of a run offers to whoever asks for it. */
export interface OfferedWork {
  /** Absolute folder in which it is done. */
  folder: string;
  prompt: string;
}

const POLL_MS = 100;

/** The file in a try's scratch folder that offers its work. */
export function offerFile(scratch: string): string {
  return join(scratch, "offer.json");
}

/** The file in a try's scratch folder that hands its work in. */
export function handedFile(scratch: string): string {
  return join(scratch, "handed.json");
}

/**
 * Stands in an agent's place: offers the work, waits until somebody hands it in, and says what they
 * claim. Gives false when it was interrupted before. Errors: not_writable.
 */
export async function hostAgent(
  app: Pick<App, "cwd" | "clock">,
  parts: { scratch: string; prompt: string; output: Pick<Output, "out">; interrupt: AbortSignal },
): Promise<boolean> {
  const { scratch, prompt, output, interrupt } = parts;
  await writeValue(offerFile(scratch), { folder: app.cwd, prompt } satisfies OfferedWork);
  while (!interrupt.aborted) {
    const claim = await readClaim(scratch);
    if (claim !== undefined) {
      output.out(`${JSON.stringify({ type: "handed_in", claim })}\n`);
      return true;
    }
    await app.clock.sleep(POLL_MS, interrupt);
  }
  return false;
}

/** Writes a value that others read while its file is there. Errors: not_writable. */
export async function writeValue(path: string, value: unknown): Promise<void> {
  try {
    await writeWhole(path, JSON.stringify(value));
  } catch (cause) {
    throw new OuroborosError({
      code: "not_writable",
      message: `Write "${path}": ${messageOf(cause)}`,
      cause,
    });
  }
}

async function readClaim(scratch: string): Promise<string | undefined> {
  const text = await Deno.readTextFile(handedFile(scratch)).catch(missing);
  return text === undefined ? undefined : String(JSON.parse(text).claim);
}
