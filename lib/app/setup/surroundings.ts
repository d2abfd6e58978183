import { forwardedEnvNames } from "../../config/environment.ts";
import { movedReceipt } from "../../setup/moved_receipt.ts";
import type { SetupAround } from "../../setup/setup_plan.ts";
import {
  decodeReceipt,
  type InstallReceipt,
  receiptPath,
} from "../../setup/write/install_receipt.ts";
import { readTarget } from "../../setup/write/target.ts";
import { createSkills } from "../../skills/skills.ts";
import type { App } from "../app.ts";
import { hostDefinitions } from "./find_hosts.ts";

/** What surrounds every plan. Errors: receipt_invalid, host_file_unusable, unreadable. */
export async function setupAround(
  app: App,
  facts: { launcher: readonly string[]; tools: readonly string[] },
): Promise<SetupAround> {
  const [stored, bundles] = await Promise.all([
    storedReceipt(app),
    createSkills({ dir: app.skillsDir }).list(),
  ]);
  const receipt = stored === null ? null : await asHere(app, stored);
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
    ...(stored === receipt ? {} : { stored }),
  };
}

/**
 * What an earlier setup left, in the places that it has in this home by now; null where there is
 * none. Errors: receipt_invalid, unreadable.
 */
export async function readReceipt(app: ReceiptSource): Promise<InstallReceipt | null> {
  const stored = await storedReceipt(app);
  return stored === null ? null : await asHere(app, stored);
}

type ReceiptSource = Pick<App, "paths" | "environment" | "registry">;

async function asHere(app: ReceiptSource, receipt: InstallReceipt): Promise<InstallReceipt> {
  const { home, root, config } = app.paths;
  const variable = (name: string) => app.environment.get(name);
  return await movedReceipt(
    receipt,
    { home, root, configFile: config, variable },
    hostDefinitions(app),
  );
}

async function storedReceipt(app: ReceiptSource): Promise<InstallReceipt | null> {
  const path = receiptPath(app.paths.root);
  const { bytes } = await readTarget(path);
  return bytes === null ? null : decodeReceipt(bytes, path);
}
