import { isAbsolute, join } from "@std/path";
import { compareVersions } from "./compare_versions.ts";
import type { Origin } from "../config/config.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { RuntimeDefinition } from "../runtimes/definition.ts";
import type { App } from "./app.ts";
import { findProgram, isProgram } from "./find_program.ts";
import { keepVersion, lastVersion } from "./last_version.ts";
import { hasHome } from "./require_home.ts";

/** What was found of one runtime on this machine. */
export interface FoundRuntime {
  id: string;
  title: string;
  maturity: string;
  status: "ready" | "missing" | "too old" | "broken" | "built in";
  version: string | null;
  lowestVersion: string | null;
  /** Absolute path of the program. */
  path: string | null;
  /** How the path was found. */
  pathFrom: "config" | "PATH" | null;
  /** What can be told without a model call. */
  signIn: "signed in" | "not signed in" | "unknown";
  install: string | null;
  signInCommand: string | null;
  docsUrl: string;
  capabilities: RuntimeDefinition["capabilities"];
  permissions: RuntimeDefinition["permissions"];
  limitations: readonly string[];
  /** What was wrong, for `broken`. */
  problem: string | null;
}

/** Every runtime of the registry and what is there of it; all are looked at side by side. */
export async function listRuntimes(app: App): Promise<FoundRuntime[]> {
  return await Promise.all(app.registry.all.map((one) => examineOrSay(app, one)));
}

/** A configured path that leads nowhere is that runtime's trouble: the others are told all the same. */
async function examineOrSay(app: App, definition: RuntimeDefinition): Promise<FoundRuntime> {
  try {
    return await examineRuntime(app, definition);
  } catch (error) {
    if (!(error instanceof OuroborosError && error.code === "runtime_missing")) throw error;
    return {
      ...notFound(definition),
      status: "broken",
      pathFrom: "config",
      problem: error.message,
    };
  }
}

/** What is known of a runtime of which nothing was found. */
function notFound(definition: RuntimeDefinition): FoundRuntime {
  const { id, title, maturity, docsUrl, binary, capabilities, permissions, limitations } =
    definition;
  const external = binary.kind === "external" ? binary : undefined;
  return {
    ...{ id, title, maturity, docsUrl, capabilities, permissions, limitations },
    status: "missing",
    version: null,
    lowestVersion: external?.lowestVersion ?? null,
    path: null,
    pathFrom: null,
    signIn: "unknown",
    install: external?.install ?? null,
    signInCommand: external?.signIn.command ?? null,
    problem: null,
  };
}

/**
 * Looks for one runtime: program, version, signs of a sign-in. Starts it only for its version;
 * `hurry`: not where its last run here tells it.
 */
export async function examineRuntime(
  app: App,
  definition: RuntimeDefinition,
  options: { hurry?: boolean } = {},
): Promise<FoundRuntime> {
  const { binary } = definition;
  const facts = notFound(definition);
  if (binary.kind === "embedded") return { ...facts, status: "built in", version: app.version };
  const found = await locate(app, definition);
  if (!found) return facts;
  const [version, signIn] = await Promise.all([
    options.hurry
      ? versionInHurry(app, definition, found.path)
      : askVersion(app, definition, found.path),
    signInOf(app, definition),
  ]);
  const old = version.text !== null && compareVersions(version.text, binary.lowestVersion) < 0;
  return {
    ...facts,
    ...found,
    status: version.text === null ? "broken" : old ? "too old" : "ready",
    version: version.text,
    signIn,
    problem: version.problem,
  };
}

async function versionInHurry(
  app: App,
  definition: RuntimeDefinition,
  path: string,
): Promise<{ text: string | null; problem: string | null }> {
  const known = await lastVersion(app, path);
  if (known !== null) return { text: known, problem: null };
  const asked = await askVersion(app, definition, path);
  if (asked.text !== null) keepVersion(app, path, asked.text);
  return asked;
}

async function locate(
  app: App,
  definition: RuntimeDefinition,
): Promise<{ path: string; pathFrom: "config" | "PATH" } | undefined> {
  if (definition.binary.kind === "embedded") return undefined;
  const { config, origins } = await app.config();
  const search = app.environment.get("PATH") ?? "";
  const configured = config.runtimes[definition.id]?.path ?? null;
  if (configured !== null) {
    const path = isAbsolute(configured)
      ? await isProgram(configured) ? configured : undefined
      : await findProgram([configured], search);
    if (path !== undefined) return { path, pathFrom: "config" };
    throw new OuroborosError({
      code: "runtime_missing",
      message: `Use "${configured}" as ${definition.title}: no such executable file`,
      hint: await wayOut(app, definition, origins[`runtimes.${definition.id}.path`]),
    });
  }
  const path = await findProgram(definition.binary.names, search);
  return path === undefined ? undefined : { path, pathFrom: "PATH" };
}

/** What to do about a configured path that leads nowhere; `origin`: where it was configured. */
async function wayOut(
  app: App,
  { id, binary, placement }: RuntimeDefinition,
  origin: Origin | undefined,
): Promise<string> {
  if (origin?.source === "environment") return `unset ${origin.name}, or set it to the program`;
  const where = `${origin?.name ?? `orchestrator.${id}_cli_path`} in ${app.paths.config}`;
  if (binary.kind === "embedded") return `Change ${where}`;
  const there = await findProgram(binary.names, app.environment.get("PATH") ?? "");
  // A set-up writes the path of the program that PATH has.
  return placement && there !== undefined
    ? `ouroboros setup --runtime ${id}, which takes "${there}"; or change ${where}`
    : `Change ${where}, or install it: ${binary.install}`;
}

/** A version is asked for in this time, in milliseconds: some CLIs need seconds when cold. */
const VERSION_TIMEOUT_MS = 20_000;

async function askVersion(
  app: App,
  definition: RuntimeDefinition,
  path: string,
): Promise<{ text: string | null; problem: string | null }> {
  const { binary } = definition;
  if (binary.kind === "embedded") return { text: app.version, problem: null };
  // Who looks at a machine, or plans a setup, leaves nothing in its user's home.
  const names = binary.versionFolders ?? [];
  const folder = names.length === 0
    ? undefined
    : await Deno.makeTempDir({ prefix: "ouroboros-version-" }).catch(() => {
      // Where nothing can be written, the program will not write either.
    });
  const moved = folder === undefined ? {} : Object.fromEntries(names.map((one) => [one, folder]));
  try {
    const { end, stdout, stderr } = await app.processes.capture({
      argv: [path, ...binary.versionArgs],
      // A home that is missing says nothing of the program.
      cwd: await hasHome(app) ? app.paths.home : app.cwd,
      env: { values: { ...agentEnv(app, definition), ...moved } },
      limits: { totalMs: VERSION_TIMEOUT_MS, outputBytes: 1_000_000, lineBytes: 100_000 },
      label: `${definition.title} ${binary.versionArgs.join(" ")}`,
    });
    const printed = `${new TextDecoder().decode(stdout)}\n${stderr}`;
    const text = binary.parseVersion(printed) ?? null;
    return { text, problem: text === null ? end.why : null };
  } catch (error) {
    if (!(error instanceof OuroborosError)) throw error;
    return { text: null, problem: error.message };
  } finally {
    if (folder !== undefined) {
      await Deno.remove(folder, { recursive: true }).catch(() => {
        // A child of the program may still write there: the system's temporary folder keeps it.
      });
    }
  }
}

/** The variables that a runtime's program is handed: its own list, without what no runtime gets. */
export function agentEnv(app: App, definition: RuntimeDefinition): Record<string, string> {
  const values = app.environment.pick(definition.env.pass);
  const withheld = new Set([...definition.env.withhold, ...app.registry.withheldEnvNames()]);
  for (const name of Object.keys(values)) if (withheld.has(name)) delete values[name];
  return values;
}

async function signInOf(
  app: App,
  definition: RuntimeDefinition,
): Promise<FoundRuntime["signIn"]> {
  if (definition.binary.kind === "embedded") return "unknown";
  const { files, env } = definition.binary.signIn;
  if (env.some((name) => (app.environment.get(name) ?? "") !== "")) return "signed in";
  if (files.length === 0) return "unknown";
  const moved = definition.placement?.home.env;
  const hostHome = moved === undefined ? undefined : app.environment.get(moved);
  for (const file of files) {
    const places = [join(app.paths.home, file)];
    if (hostHome !== undefined && definition.placement) {
      const below = `${definition.placement.home.path}/`;
      if (file.startsWith(below)) places.unshift(join(hostHome, file.slice(below.length)));
    }
    for (const place of places) if (await exists(place)) return "signed in";
  }
  return "not signed in";
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch {
    // A file that may not be looked at shows no sign-in either.
    return false;
  }
}
