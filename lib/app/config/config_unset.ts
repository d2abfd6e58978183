import { configKeys } from "../../config/config_keys.ts";
import { readKeyPath } from "../../config/key_path.ts";
import { formerPath } from "../../config/migrate_config.ts";
import type { Change } from "../../setup/edit/change.ts";
import { valueAt } from "../../setup/edit/plain.ts";
import {
  changeConfig,
  type ChangeOptions,
  type ConfigApp,
  type ConfigChange,
} from "./config_change.ts";
import { refuseListAbove, refuseVersion, requireKey } from "./config_key.ts";

/** Takes one key out, so that its default counts; keys that are not known can be taken out too. */
export async function unsetConfig(
  app: ConfigApp,
  typed: string,
  options: ChangeOptions,
): Promise<ConfigChange> {
  const known = configKeys(app.registry).find((key) => key.name === typed);
  if (known) refuseVersion(known);
  const path = known?.path ?? (readKeyPath(typed) ?? []).map(String);
  const what = { key: typed, known, written: null, options };
  return await changeConfig(app, what, (file) => {
    // A setting may stand there by the name that the Python original had for it.
    const paths = [path, formerPath(path) ?? path].filter((way, index, all) =>
      all.indexOf(way) === index && valueAt(file.reading?.value, way) !== undefined
    );
    const there = paths.length > 0;
    if (known) refuseListAbove(known, file);
    // What the file does not hold must be the name of a key; a section goes key by key.
    else if (path.length === 0 || !there || holdsKeys(app, typed)) requireKey(app.registry, typed);
    if (!there) return { changes: [] };
    const removals = (emptyParents: (path: readonly string[]) => number): Change[] =>
      paths.map((path) => ({ op: "remove", path, emptyParents: emptyParents(path) }));
    return { changes: removals((path) => path.length - 1), keepComments: removals(() => 0) };
  });
}

function holdsKeys(app: ConfigApp, typed: string): boolean {
  return configKeys(app.registry).some((key) => key.name.startsWith(`${typed}.`));
}
