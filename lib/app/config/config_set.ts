import type { ConfigKey } from "../../config/config_keys.ts";
import { type ConfigValue, readConfigValue } from "../../config/read_value.ts";
import { looksSecret } from "../../config/secret_like.ts";
import { unknownConfigKeys } from "../../config/unknown_config_keys.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { Change } from "../../setup/edit/change.ts";
import { isPlainMap, plainOf, valueAt } from "../../setup/edit/plain.ts";
import {
  changeConfig,
  type ChangeOptions,
  type ConfigApp,
  type ConfigChange,
} from "./config_change.ts";
import { refuseListAbove, refuseVersion, requireKey } from "./config_key.ts";
import type { InspectedConfig } from "./config_problems.ts";

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
  // Its schema takes any word: files of the Python system hold others.
  if (key.settings.includes("llm.backend")) requireAnswering(app, typed.value);
  const { value } = read;
  const what = { key: key.name, known: key, written: value, options };
  return await changeConfig(app, what, (file) => {
    refuseListAbove(key, file);
    return { changes: changesFor(key, value, file) };
  });
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

/** The registry's own words name what was meant, and all that there are. */
function requireRuntime(app: ConfigApp, typed: string) {
  return app.registry.require(looksSecret(typed) ? "" : typed);
}

function requireAnswering(app: ConfigApp, typed: string): void {
  const { title, complete } = requireRuntime(app, typed);
  if (complete !== undefined) return;
  const able = app.registry.all.filter((one) => one.complete && one.binary.kind === "external");
  throw new OuroborosError({
    code: "usage",
    message: `Set "llm.backend": ${title} works on runs and answers no questions`,
    hint: `Choose one of: ${able.map((one) => one.id).join(", ")}`,
  });
}

function valueProblem(
  key: ConfigKey,
  typed: string,
  { problem, app }: { problem: string; app: ConfigApp },
): OuroborosError {
  if (key.settings.includes("runtime")) requireRuntime(app, typed);
  const empty = problem === "must not be empty";
  return new OuroborosError({
    code: "usage",
    message: `Set "${key.name}": the value ${problem}`,
    hint: empty
      ? `To give the default back: ouroboros config unset ${key.name}`
      : `${key.about}; see: ouroboros config get ${key.name}`,
  });
}
