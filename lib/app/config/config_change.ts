import { chooseSettings, NO_FILE } from "../../config/choose_settings.ts";
import type { ConfigKey } from "../../config/config_keys.ts";
import { CONFIG_VERSION } from "../../config/migrate_config.ts";
import type { ConfigValue } from "../../config/read_value.ts";
import { effectiveValue, settingValue } from "../../config/setting_value.ts";
import { messageOf, OuroborosError } from "../../kernel/error.ts";
import type { Change } from "../../setup/edit/change.ts";
import { type BytesResult, editBytes } from "../../setup/edit/edit_bytes.ts";
import { applyTransaction, type OnStep } from "../../setup/write/apply_transaction.ts";
import { recoverTransaction } from "../../setup/write/recover_transaction.ts";
import { readTarget } from "../../setup/write/target.ts";
import type { App } from "../app.ts";
import { rootTrouble } from "../root_trouble.ts";
import { brokenConfig } from "./config_file.ts";
import { type ChangedLines, changedLines } from "./config_lines.ts";
import { type ConfigProblem, inspectConfig, type InspectedConfig } from "./config_problems.ts";

/** What became of one key. */
export interface ConfigChange {
  key: string;
  file: string;
  /** False: the file says so already. */
  changed: boolean;
  dryRun: boolean;
  /** What the file says of it afterwards; null: nothing. */
  written: ConfigValue | null;
  /** What the key comes to then; null: nothing, or it is no setting. */
  value: ConfigValue | null;
  /** What the file gets; null where nothing changes. */
  lines: ChangedLines | null;
  /** What else decides: a variable, another key of the file. */
  notes: readonly string[];
}

/** What a change needs of the app. */
export type ConfigApp = Pick<App, "paths" | "registry" | "environment" | "random" | "redact">;

/** How a change is made. */
export interface ChangeOptions {
  /** Write nothing. */
  dryRun: boolean;
  /** Told before each step on the disk: where a test ends the process. */
  onStep?: OnStep;
}

/** What is changed, and to what. */
export interface Subject {
  key: string;
  /** Undefined: a key that this version does not know. */
  known: ConfigKey | undefined;
  written: ConfigValue | null;
  options: ChangeOptions;
}

/** How the file is changed; `keepComments`: where the first way takes a comment along. */
export interface Ways {
  changes: readonly Change[];
  keepComments?: readonly Change[];
}

/**
 * Changes the file in one step, and again where somebody else was at it in that moment. Nothing is
 * written unless the whole file can be used afterwards.
 */
export async function changeConfig(
  app: ConfigApp,
  what: Subject,
  waysOf: (file: InspectedConfig) => Ways,
): Promise<ConfigChange> {
  const { dryRun } = what.options;
  for (let left = TRIES;; left--) {
    try {
      if (!dryRun) await recoverTransaction(app.paths.root);
      return await changeOnce(app, what, waysOf);
    } catch (thrown) {
      // Another ouroboros, or an editor, was at the file in this moment.
      const again = thrown instanceof OuroborosError && thrown.retryable && left > 1;
      if (!again) throw await rootTrouble(app, thrown);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

const TRIES = 20;
const PAUSE_MS = 100;

async function changeOnce(
  app: ConfigApp,
  { key, known, written, options }: Subject,
  waysOf: (file: InspectedConfig) => Ways,
): Promise<ConfigChange> {
  const path = app.paths.config;
  const target = await readTarget(path);
  const before = inspectConfig(target.bytes ?? new Uint8Array(), app.registry);
  if (before.reading === undefined) throw brokenConfig(path, before.problems);
  const ways = waysOf(before);
  const fresh: Change[] = target.bytes === null && ways.changes.some((one) => one.op === "set")
    ? [{ op: "set", path: ["version"], value: CONFIG_VERSION }]
    : [];
  const edited = edit(app, target.bytes, {
    ...ways,
    changes: [...fresh, ...ways.changes],
  });
  const { bytes, changed } = edited;
  const after = changed ? inspectConfig(bytes, app.registry) : before;
  // A change that mends the file is welcome; one beside other mistakes is not.
  if (after.parsed === undefined) {
    throw brokenConfig(path, before.problems.length > 0 ? before.problems : after.problems);
  }
  const [old, now] = [target.bytes ?? new Uint8Array(), bytes].map((one) =>
    new TextDecoder().decode(one)
  );
  if (changed && !options.dryRun) {
    await applyTransaction({
      root: app.paths.root,
      changes: [{ path, before: target.digest, after: bytes, mode: 0o600 }],
    }, {
      token: hex(app.random(8)),
      ...(options.onStep === undefined ? {} : { onStep: options.onStep }),
    });
  }
  const lines = changedLines(old!, now!, app.redact);
  const result = { key, file: path, changed, dryRun: options.dryRun, written, lines };
  return { ...result, ...comesTo(app, known, after) };
}

function edit(app: ConfigApp, bytes: Uint8Array | null, ways: Ways) {
  let result: BytesResult = editBytes("yaml", bytes, ways.changes);
  if (ways.keepComments && result.ok && result.undo.some((step) => losesComment(step.removed))) {
    result = editBytes("yaml", bytes, ways.keepComments);
  }
  if (result.ok) return result;
  const { path, found, expected, hint, line, column } = result.problem;
  const problem: ConfigProblem = {
    key: path.join("."),
    found,
    expected,
    fix: hint,
    line: line ?? null,
    column: column ?? null,
  };
  throw brokenConfig(app.paths.config, [problem]);
}

/** A comment on a line of its own, or behind another key than the one that goes. */
function losesComment(removed: string): boolean {
  const lines = removed.split("\n").filter((line) => line.includes("#"));
  return lines.length > 1 || lines.some((line) => /^\s*#|:\s*#/.test(line));
}

/** What the key comes to in the end, and what else has a word in it. */
function comesTo(
  app: ConfigApp,
  key: ConfigKey | undefined,
  file: InspectedConfig,
): Pick<ConfigChange, "value" | "notes"> {
  if (key === undefined) return { value: null, notes: [] };
  const parsed = file.parsed ?? NO_FILE;
  const { environment, registry, paths } = app;
  try {
    const loaded = chooseSettings(parsed, { file: paths.config, registry, environment });
    const { value } = effectiveValue(key, { parsed, loaded, environment, file: paths.config });
    const said = (setting: string) =>
      `${setting}: it is ${settingValue(loaded.config, setting) ?? "not set"}`;
    const others = key.settings.flatMap((setting) => {
      const origin = loaded.origins[setting];
      if (!origin || origin.source === "default" || origin.name === key.name) return [];
      return origin.source === "environment"
        ? [`${origin.name} in the environment decides ${said(setting)}`]
        : [`"${origin.name}" of the file decides ${said(setting)}`];
    });
    return { value, notes: others };
  } catch (thrown) {
    return { value: null, notes: [messageOf(thrown)] };
  }
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
