import type { Environment } from "../config/environment.ts";
import type { LoadedConfig } from "../config/choose_settings.ts";
import type { Paths } from "../config/paths.ts";
import type { Clock } from "../kernel/clock.ts";
import type { RandomBytes } from "../kernel/id.ts";
import { createProcesses, type Processes } from "../process/processes.ts";
import { CHAIN_NAME, DEPTH_NAME, parseChain, parseDepth } from "../process/depth.ts";
import { MARKER_NAME } from "../process/marker.ts";
import { REGISTRY, type Registry } from "../runtimes/mod.ts";
import type { Journal } from "../store/journal.ts";
import { createRedactor, type Redact } from "../store/redact.ts";
import { type ChunkRedactor, chunkRedactors } from "../store/redact_chunks.ts";
import type { GitRunner } from "../workspace/git_runner.ts";
import { gitRunner } from "../workspace/git_runner.ts";
import { keptJournal } from "./kept_journal.ts";
import { atRoot } from "./root_trouble.ts";

/** What `main.ts` hands in: the ports on the real system, and facts about this program. */
export interface AppPorts {
  environment: Environment;
  paths: Paths;
  clock: Clock;
  random: RandomBytes;
  /** The working folder, absolute. */
  cwd: string;
  /** How this program starts itself: program and leading arguments. */
  self: readonly [string, ...string[]];
  version: string;
  /** Folder of the embedded skill bundles. */
  skillsDir: string;
}

/** The use-cases' surroundings. Everything costly is opened at its first use. */
export interface App extends AppPorts {
  readonly registry: Registry;
  /** Who acts, as far as the environment says, else by number; see `whoActs`. */
  readonly userName: string;
  readonly processes: Processes;
  readonly git: GitRunner;
  /** Takes the values of known secrets out of a text. */
  redact(text: string): string;
  /** Makes what does the same with a stream of bytes. */
  redactChunks(): ChunkRedactor;
  /** From now on these values are known secrets too. They are held in memory and nowhere else. */
  learnSecrets(values: readonly string[]): void;
  /** The configuration; read once. Errors: config_invalid, unreadable. */
  config(): Promise<LoadedConfig>;
  /** The journal; opened once, and anew where its file is another. Errors: journal_locked, journal_unusable, not_writable, disk_full. */
  journal(): Promise<Journal>;
  close(): Promise<void>;
}

/** Puts the rooms together for one process. `registry`: the program's own, or a test's. */
export function createApp(ports: AppPorts, registry: Registry = REGISTRY): App {
  const { environment } = ports;
  let redact: Redact | undefined;
  let redactChunks: (() => ChunkRedactor) | undefined;
  const learned = new Set<string>();
  const secrets = () => [...secretValues(app), ...learned];
  let processes: Processes | undefined;
  let config: Promise<LoadedConfig> | undefined;
  const journal = keptJournal(ports.paths.journal, () => openJournal(app));
  const app: App = {
    ...ports,
    registry,
    userName: environment.get("USER") ?? environment.get("LOGNAME") ??
      environment.get("USERNAME") ?? `uid ${Deno.uid() ?? "unknown"}`,
    get processes() {
      return processes ??= createProcesses({
        depth: parseDepth(environment.get(DEPTH_NAME)),
        chain: parseChain(environment.get(CHAIN_NAME)),
        ...parentMarker(environment),
        root: ports.paths.root,
        random: ports.random,
      });
    },
    get git() {
      return gitRunner(app.processes, gitEnv(environment));
    },
    redact: (text) => (redact ??= createRedactor(secrets()))(text),
    redactChunks: () => (redactChunks ??= chunkRedactors(secrets()))(),
    learnSecrets(values) {
      const before = learned.size;
      for (const value of values) learned.add(value);
      if (learned.size > before) redact = redactChunks = undefined;
    },
    config: () => config ??= openConfig(app),
    journal: () => journal.get(),
    async close() {
      // Children first: what ends with them is still written down.
      await processes?.close();
      await journal.close();
    },
  };
  return app;
}

/** The system's folder for temporary files. */
export function systemTmp({ environment }: Pick<App, "environment">): string {
  return environment.get("TMPDIR") ?? (Deno.build.os === "windows" ? "C:\\Windows\\Temp" : "/tmp");
}

/** The marker of the ouroboros that started this one, if one did. */
function parentMarker(environment: Environment): { parentMarker?: string } {
  const marker = environment.get(MARKER_NAME);
  return marker === undefined ? {} : { parentMarker: marker };
}

/** The last two are for commits that a person asks for: those are signed as they always are. */
const GIT_NAMES = [
  "PATH",
  "HOME",
  "XDG_CONFIG_HOME",
  "TMPDIR",
  "USER",
  "LOGNAME",
  "LANG",
  "SystemRoot",
  "SSH_AUTH_SOCK",
  "GNUPGHOME",
];

/** The little that git needs to find itself, the user's settings and their language's bytes. */
function gitEnv(environment: Environment): Record<string, string> {
  return environment.pick(GIT_NAMES);
}

async function openConfig(app: App): Promise<LoadedConfig> {
  const { readConfig } = await import("./read_config.ts");
  return await atRoot(app, () => readConfig(app));
}

async function openJournal(app: App): Promise<Journal> {
  const { openSqliteJournal } = await import("../store/sqlite/open_sqlite_journal.ts");
  return await atRoot(app, () =>
    openSqliteJournal({
      path: app.paths.journal,
      clock: app.clock,
      random: app.random,
      redact: (text) => app.redact(text),
    }));
}

/** Names whose values must not get into the journal by way of what an agent or a check prints. */
export const SECRET_NAME = /KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL/i;

function secretValues(app: App): string[] {
  const known = app.environment.pick(app.registry.allowedEnvNames());
  return Object.entries(known)
    .filter(([name]) => SECRET_NAME.test(name))
    .map(([, value]) => value);
}
