import { chooseSettings, NO_FILE } from "../config/choose_settings.ts";
import { type ConfigKey, configKeys } from "../config/config_keys.ts";
import { readKeyPath } from "../config/key_path.ts";
import { CONFIG_VERSION } from "../config/migrate_config.ts";
import { type ConfigValue, readConfigValue } from "../config/read_value.ts";
import { effectiveValue } from "../config/setting_value.ts";
import { unknownConfigKeys } from "../config/unknown_config_keys.ts";
import { messageOf, OuroborosError } from "../kernel/error.ts";
import type { Change } from "../setup/edit/change.ts";
import { type BytesResult, editBytes } from "../setup/edit/edit_bytes.ts";
import { isPlainMap, plainOf, valueAt } from "../setup/edit/plain.ts";
import { applyTransaction } from "../setup/write/apply_transaction.ts";
import { recoverTransaction } from "../setup/write/recover_transaction.ts";
import { readTarget } from "../setup/write/target.ts";
import type { App } from "./app.ts";
import { brokenConfig } from "./config_file.ts";
import { requireKey } from "./config_key.ts";
import { type ChangedLines, changedLines } from "./config_lines.ts";
import { type ConfigProblem, inspectConfig, type InspectedConfig } from "./config_problems.ts";

/** What became of one key. */
export interface ConfigChange {
  key: string;
  file: string;
  /** False: the file says so already. */
  changed: boolean;
  dryRun: boolean;
  /** What the key comes to now; null: nothing, or it is no setting. */
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
}

/**
 * Sets one key. Comments and layout stay; a kill leaves the file old or new. Errors, nothing
 * written: usage (no such key, or a value that it cannot have), host_file_unusable (the file is
 * broken, a link or a folder), unreadable, not_writable, disk_full, conflict.
 */
export async function setConfig(
  app: ConfigApp,
  typed: { key: string; value: string },
  options: ChangeOptions,
): Promise<ConfigChange> {
  const key = requireKey(app.registry, typed.key);
  refuseVersion(key);
  const read = readConfigValue(key, typed.value);
  if (!read.ok) throw valueProblem(key, typed.value, { problem: read.problem, app });
  refuseUnknownMembers(app, key, read.value);
  const { value } = read;
  return await change(app, { key: key.name, known: key, options }, (file) => {
    refuseListAbove(key, file);
    return { changes: changesFor(key, value, file) };
  });
}

/** Takes one key out, so that its default counts; keys that are not known can be taken out too. */
export async function unsetConfig(
  app: ConfigApp,
  typed: string,
  options: ChangeOptions,
): Promise<ConfigChange> {
  const known = configKeys(app.registry).find((key) => key.name === typed);
  if (known) refuseVersion(known);
  const path = known?.path ?? (readKeyPath(typed) ?? []).map(String);
  return await change(app, { key: typed, known, options }, (file) => {
    const there = valueAt(file.reading?.value, path) !== undefined;
    if (known) refuseListAbove(known, file);
    // What the file does not hold must be the name of a key; a section goes key by key.
    else if (path.length === 0 || !there || holdsKeys(app, typed)) requireKey(app.registry, typed);
    if (!there) return { changes: [] };
    const changes: Change[] = [{ op: "remove", path, emptyParents: path.length - 1 }];
    return { changes, keepComments: [{ op: "remove", path }] };
  });
}

/** How the file is changed; `keepComments`: where the first way takes a comment along. */
interface Ways {
  changes: readonly Change[];
  keepComments?: readonly Change[];
}

async function change(
  app: ConfigApp,
  what: { key: string; known: ConfigKey | undefined; options: ChangeOptions },
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
      if (!again) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

const TRIES = 20;
const PAUSE_MS = 100;

async function changeOnce(
  app: ConfigApp,
  { key, known, options }: { key: string; known: ConfigKey | undefined; options: ChangeOptions },
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
    }, { token: hex(app.random(8)) });
  }
  const lines = changedLines(old!, now!, app.redact);
  const result = { key, file: path, changed, dryRun: options.dryRun, lines };
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

/** The changes that leave exactly this value at the key. */
function changesFor(key: ConfigKey, value: ConfigValue, file: InspectedConfig): Change[] {
  const { path } = key;
  const there = valueAt(file.reading?.value, path);
  const set: Change = { op: "set", path, value };
  if (there === undefined || there === null) return [set];
  const wanted = plainOf(value);
  // A value of another kind comes in place of the whole.
  if (isPlainMap(there) !== isPlainMap(wanted)) return [{ op: "remove", path }, set];
  if (!isPlainMap(there) || !isPlainMap(wanted)) return [set];
  const gone = [...there.keys()].filter((name) => !wanted.has(name)).map(String);
  return [set, ...gone.map((name): Change => ({ op: "remove", path: [...path, name] }))];
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
    const others = key.settings.flatMap((setting) => {
      const origin = loaded.origins[setting];
      if (!origin || origin.source === "default" || origin.name === key.name) return [];
      return origin.source === "environment"
        ? [`${origin.name} in the environment decides ${setting}`]
        : [`"${origin.name}" of the file decides ${setting}`];
    });
    return { value, notes: others };
  } catch (thrown) {
    return { value: null, notes: [messageOf(thrown)] };
  }
}

function refuseVersion(key: ConfigKey): void {
  if (key.name !== "version") return;
  throw new OuroborosError({
    code: "usage",
    message: 'Change "version": this program writes it, it says how the file is to be read',
    hint: "ouroboros config validate",
  });
}

/** A mapping that is typed may have no key that nobody knows. */
function refuseUnknownMembers(app: ConfigApp, key: ConfigKey, value: ConfigValue): void {
  const document = key.path.reduceRight<ConfigValue>((inner, part) => ({ [part]: inner }), value);
  const [unknown] = unknownConfigKeys(document as Record<string, unknown>, app.registry);
  if (unknown === undefined) return;
  throw new OuroborosError({
    code: "usage",
    message: `Set "${key.name}": ${unknown.path} ${unknown.message}`,
    hint: "ouroboros config list",
  });
}

/** `env.pass.agents` where `env.pass` is a list for both: that list would be lost. */
function refuseListAbove(key: ConfigKey, file: InspectedConfig): void {
  if (key.path[0] !== "env" || key.path.length < 3) return;
  const list = valueAt(file.reading?.value, key.path.slice(0, -1));
  if (!Array.isArray(list)) return;
  const names = `[${list.map(String).join(", ")}]`;
  throw new OuroborosError({
    code: "usage",
    message: `Change "${key.name}": "env.pass" is one list for agents and checks`,
    hint: `ouroboros config set env.pass "{agents: ${names}, checks: ${names}}"`,
  });
}

function holdsKeys(app: ConfigApp, typed: string): boolean {
  return configKeys(app.registry).some((key) => key.name.startsWith(`${typed}.`));
}

function valueProblem(
  key: ConfigKey,
  typed: string,
  { problem, app }: { problem: string; app: ConfigApp },
): OuroborosError {
  const near = key.settings.includes("runtime") ? app.registry.nearest(typed) : [];
  const empty = problem === "must not be empty";
  return new OuroborosError({
    code: "usage",
    message: `Set "${key.name}": the value ${problem}`,
    hint: empty
      ? `To give the default back: ouroboros config unset ${key.name}`
      : near.length > 0
      ? `Did you mean ${near.map((one) => `"${one}"`).join(" or ")}?`
      : `${key.about}; see: ouroboros config get ${key.name}`,
  });
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
