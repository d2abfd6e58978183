/** The version of `config.yaml` that this program writes and understands. */
export const CONFIG_VERSION = 1;

/** One step: a document of version N → of version N + 1. Pure; the file itself is left alone. */
export type ConfigMigration = (document: Record<string, unknown>) => Record<string, unknown>;

/**
 * Step N leads from version N to N + 1. Version 0 is the Python system's file, which has no
 * `version`: old names of settings become the present ones, unless those are there already.
 */
export const CONFIG_MIGRATIONS: readonly ConfigMigration[] = [fromOriginal];

/** A document in the present version, and the version that it was written for. */
export interface MigratedConfig {
  document: Record<string, unknown>;
  from: number;
}

/** Takes `document` through every step that it lacks; null when it is from a later version. */
export function migrateConfig(
  document: Record<string, unknown>,
  migrations: readonly ConfigMigration[] = CONFIG_MIGRATIONS,
): MigratedConfig | null {
  const from = document.version === undefined ? 0 : Number(document.version);
  if (!Number.isInteger(from) || from < 0 || from > migrations.length) return null;
  const migrated = migrations.slice(from).reduce((one, step) => step(one), document);
  return { document: { ...migrated, version: migrations.length }, from };
}

/** The key of the Python system's file that a present key may have come from. */
export function formerPath(path: readonly (string | number)[]): readonly string[] | undefined {
  const [section, id, key] = path;
  if (section === "run" && id === "permission") return ["orchestrator", "permission_mode"];
  if (section === "runtimes" && key === "permission") {
    return ["orchestrator", `${id}_permission_mode`];
  }
  return undefined;
}

function fromOriginal(document: Record<string, unknown>): Record<string, unknown> {
  const orchestrator = mapping(document.orchestrator);
  if (orchestrator === null) return document;
  const { permission_mode, ...rest } = orchestrator;
  const migrated: Record<string, unknown> = { ...document };
  if (permission_mode !== undefined) {
    migrated.run = { permission: permission_mode, ...mapping(document.run) };
  }
  const runtimes: Record<string, unknown> = { ...mapping(document.runtimes) };
  for (const [key, value] of Object.entries(rest)) {
    const id = /^(.+)_permission_mode$/.exec(key)?.[1];
    if (id === undefined) continue;
    runtimes[id] = { permission: value, ...mapping(runtimes[id]) };
    delete rest[key];
  }
  if (Object.keys(runtimes).length > 0) migrated.runtimes = runtimes;
  migrated.orchestrator = rest;
  return migrated;
}

function mapping(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as Record<string, unknown>
    : null;
}
