import { sha256 } from "../../lib/kernel/digest.ts";
import { pendingPath } from "../../lib/setup/write/pending_record.ts";
import type { SetupApp } from "./setup_app.ts";

/**
 * Leaves what a setup leaves that was killed when its only file was written: on its way back, or
 * about to be completed. Gives that file.
 */
export async function cutOffSetup(
  bench: SetupApp,
  phase: "rolling_back" | "committing" = "rolling_back",
): Promise<string> {
  const path = `${bench.home}/.ant/half`;
  await bench.write(".ant/half", "new\n");
  const lines = [
    {
      version: 1,
      token: "0123456789abcdef",
      steps: [{ path, before: null, after: sha256("new\n") }],
      made: [],
      emptied: [],
    },
    { phase },
  ];
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  await bench.write(pendingPath(".ouroboros"), text);
  return path;
}
