import { dirname, join } from "@std/path";
import { REAL_AGENTS, TOOL_FOLDERS } from "./real_agents.ts";

/** A throw-away HOME in which one CLI is configured for the scripted model server. */
export interface RealHome {
  /** Removed by `remove`; holds `home/`, and is the place for a test's own folders. */
  root: string;
  home: string;
  /** A whole environment for the CLI or for a program that starts it: no name of ours, fake keys. */
  env: Record<string, string>;
  /** The name that this CLI's `--model` takes for the scripted model. */
  model: string;
  remove(): Promise<void>;
}

type Configure = (home: string, url: string) => {
  files: Record<string, string>;
  env: Record<string, string>;
  model: string;
};

const KEY = "sk-fake-key-of-a-test";

/** Per CLI: its configuration files (paths below HOME), variables, and the name of the model. */
const CONFIGURE: Record<string, Configure> = {
  codex: (home, url) => ({
    model: "gpt-5.5",
    env: { CODEX_HOME: join(home, ".codex"), CODEX_API_KEY: KEY },
    files: {
      ".codex/config.toml": [
        `model_provider = "scripted"`,
        `check_for_update_on_startup = false`,
        `[analytics]`,
        `enabled = false`,
        `[model_providers.scripted]`,
        `name = "Scripted"`,
        `base_url = "${url}/v1"`,
        `wire_api = "responses"`,
        `env_key = "CODEX_API_KEY"`,
        ``,
      ].join("\n"),
    },
  }),
  claude: (_home, url) => ({
    model: "claude-sonnet-4-5",
    env: {
      ANTHROPIC_API_KEY: KEY,
      ANTHROPIC_BASE_URL: url,
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
      // As root it refuses `full` without this word that it stands in a sandbox.
      ...(Deno.build.os !== "windows" && Deno.uid() === 0 ? { IS_SANDBOX: "1" } : {}),
    },
    files: {},
  }),
  opencode: (_home, url) => ({
    model: "scripted/scripted",
    env: {
      OPENCODE_DISABLE_AUTOUPDATE: "1",
      OPENCODE_DISABLE_MODELS_FETCH: "1",
      OPENCODE_DISABLE_SHARE: "1",
    },
    files: {
      // It installs its plug-in kit into its own folder, and waits for that: seconds, though it is
      // refused here. As on a machine where it was used before, it is there already.
      ".config/opencode/.npmrc": `registry=${url}/npm/\nfetch-retries=0\n`,
      ".config/opencode/node_modules/.package-lock.json": "{}\n",
      ".config/opencode/package-lock.json": JSON.stringify({
        packages: { "": { dependencies: { "@opencode-ai/plugin": "1" } } },
      }),
      ".config/opencode/opencode.json": JSON.stringify({
        $schema: "https://opencode.ai/config.json",
        model: "scripted/scripted",
        share: "disabled",
        autoupdate: false,
        // A git snapshot a step is half of its time.
        snapshot: false,
        provider: {
          scripted: {
            npm: "@ai-sdk/openai-compatible",
            name: "Scripted",
            options: { baseURL: `${url}/v1`, apiKey: KEY },
            models: {
              scripted: { name: "Scripted", limit: { context: 4_000_000, output: 8000 } },
            },
          },
        },
      }),
    },
  }),
  hermes: (_home, url) => ({
    model: "scripted",
    env: { HERMES_DISABLE_LAZY_INSTALLS: "1" },
    files: {
      // There is no switch for its update check; it believes an answer of the last six hours.
      ".hermes/.update_check": JSON.stringify({
        ts: Date.now() / 1000,
        rev: null,
        ver: REAL_AGENTS.find((agent) => agent.name === "hermes")?.version,
        behind: 0,
      }),
      ".hermes/config.yaml": [
        `model:`,
        `  default: scripted`,
        `  provider: custom`,
        `  base_url: "${url}/v1"`,
        `  api_key: "${KEY}"`,
        `  context_length: 4000000`,
        `security: { tirith_enabled: false, allow_lazy_installs: false }`,
        // Or it fetches a language server from npm at the first file that it writes.
        `lsp: { enabled: false }`,
        `mcp_discovery_timeout: 15`,
        // Or it starts every Python that it finds, to say in its prompt which there are.
        `agent: { environment_probe: false }`,
        ``,
      ].join("\n"),
    },
  }),
};

/** Makes a HOME for the CLI `name`, pointed at the model server at `url`. */
export async function realHome(name: string, url: string): Promise<RealHome> {
  const configure = CONFIGURE[name];
  if (!configure) throw new Error(`No configuration for "${name}" in real_home.ts`);
  const root = await Deno.realPath(await Deno.makeTempDir({ prefix: `real-${name}-` }));
  const home = join(root, "home");
  const { files, env, model } = configure(home, url);
  await Deno.mkdir(home);
  await writeFiles(home, files);
  return {
    root,
    home,
    model,
    env: {
      HOME: home,
      PATH: [...TOOL_FOLDERS, Deno.env.get("PATH") ?? "/usr/bin:/bin"].join(":"),
      LANG: "C.UTF-8",
      TERM: "dumb",
      ...env,
    },
    remove: () => Deno.remove(root, { recursive: true }),
  };
}

/** The same home seen from another CLI, which is configured in it too. */
export async function alsoIn(shared: RealHome, name: string, url: string): Promise<RealHome> {
  const { files, env, model } = CONFIGURE[name]!(shared.home, url);
  await writeFiles(shared.home, files);
  Object.assign(shared.env, env);
  return { ...shared, model };
}

async function writeFiles(home: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await Deno.mkdir(dirname(join(home, path)), { recursive: true });
    await Deno.writeTextFile(join(home, path), text);
  }
}
