import { forwardedEnvNames } from "../../config/environment.ts";
import type { SetupAround } from "../../setup/setup_plan.ts";
import {
  decodeReceipt,
  type InstallReceipt,
  receiptPath,
} from "../../setup/write/install_receipt.ts";
import { readTarget } from "../../setup/write/target.ts";
import { createSkills } from "../../skills/skills.ts";
import type { App } from "../app.ts";

/** What surrounds every plan. Errors: receipt_invalid, host_file_unusable, unreadable. */
export async function setupAround(
  app: App,
  facts: { launcher: readonly string[]; tools: readonly string[] },
): Promise<SetupAround> {
  const [receipt, bundles] = await Promise.all([
    readReceipt(app),
    createSkills({ dir: app.skillsDir }).list(),
  ]);
  return {
    home: app.paths.home,
    root: app.paths.root,
    configFile: app.paths.config,
    variable: (name) => app.environment.get(name),
    launcher: facts.launcher,
    forwarded: forwardedEnvNames(app.registry, Deno.build.os),
    bundles,
    bundlesDir: app.skillsDir,
    tools: facts.tools,
    version: app.version,
    at: app.clock.now().toISOString(),
    receipt,
  };
}

/** What an earlier setup left; null where there is none. Errors: receipt_invalid, unreadable. */
export async function readReceipt(app: Pick<App, "paths">): Promise<InstallReceipt | null> {
  const path = receiptPath(app.paths.root);
  const { bytes } = await readTarget(path);
  return bytes === null ? null : decodeReceipt(bytes, path);
}
