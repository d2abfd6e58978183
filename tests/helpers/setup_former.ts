import type { Host } from "./setup_bench.ts";

/** How earlier versions were started, as their set-ups wrote it into hosts' files. */
export const FORMER_LAUNCHERS: Readonly<Record<string, readonly string[]>> = {
  "uvx": ["uvx", "--from", "ouroboros-ai[mcp]", "ouroboros", "mcp", "serve"],
  "uvx --isolated": [
    ...["uvx", "--isolated", "--python", ">=3.12", "--from", "ouroboros-ai[mcp]"],
    ...["ouroboros", "mcp", "serve"],
  ],
  "pipx run": ["pipx", "run", "--spec", "ouroboros-ai[mcp]", "ouroboros", "mcp", "serve"],
  "ouroboros": ["ouroboros", "mcp", "serve"],
  "python3 -m": ["python3", "-m", "ouroboros", "mcp", "serve"],
  "/old/place/ouroboros": ["/old/place/ouroboros", "mcp", "serve"],
};

/** What an earlier set-up left in a home. */
export interface Former {
  /** The file with its entry, relative to the home. */
  file: string;
  /** Words of that entry which must go. */
  gone: readonly string[];
  /** What its user added to the entry. */
  stays: readonly string[];
  /** Files and folders that were the earlier installer's, relative to the home. */
  left: readonly string[];
}

const MINE = "of-mine";
const SKILL = (name: string) =>
  `---\nname: ${name}\ndescription: "Execute a Seed specification"\nmcp_tool: ouroboros_execute_seed\n` +
  `mcp_args:\n  seed_path: "$1"\n---\n\n# /ouroboros:run\n\nUse it.\n`;

/**
 * Adds to the home of a user what the set-up of an earlier version wrote for a host, and to its
 * entry what a user may have added.
 */
export async function fillFormer(
  home: string,
  host: Host,
  words: readonly string[],
): Promise<Former> {
  const [program = "", ...args] = words;
  const write = WRITERS[host.id];
  if (write === undefined) throw new Error(`Nothing is known of earlier set-ups of ${host.id}`);
  const { file, left = [], files = {}, replace } = write(program, args);
  for (const [path, text] of Object.entries(files)) {
    await Deno.mkdir(`${home}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.writeTextFile(`${home}/${path}`, text);
  }
  for (const [path, find, by] of replace) {
    const text = await Deno.readTextFile(`${home}/${path}`);
    if (!text.includes(find)) throw new Error(`${path} has no ${JSON.stringify(find)}`);
    await Deno.writeTextFile(`${home}/${path}`, text.replace(find, () => by));
  }
  const gone = words.filter((word) => /ouroboros-ai|^\/old/.test(word));
  // This program from another place never wrote the original's keys: those are the user's then.
  if (!program.startsWith("/")) gone.push("OUROBOROS_AGENT_RUNTIME", "OUROBOROS_LLM_BACKEND");
  return {
    file,
    gone,
    stays: [MINE],
    left,
  };
}

interface Written {
  file: string;
  left?: readonly string[];
  files?: Readonly<Record<string, string>>;
  /** File, text in it, and what stands there afterwards. */
  replace: readonly [string, string, string][];
}

/** By id: shapes that the original's set-up wrote. */
const WRITERS: Readonly<Record<string, (program: string, args: readonly string[]) => Written>> = {
  claude: (command, args) => {
    const entry = { command, args, env: { MINE } };
    const original = { command, args, timeout: 600 };
    return {
      file: ".claude.json",
      left: [".claude/mcp.json"],
      replace: [
        [".claude.json", `"github": {`, `"ouroboros": ${JSON.stringify(entry)},\n    "github": {`],
        [
          ".claude/mcp.json",
          `"mine": {`,
          `"ouroboros": ${JSON.stringify(original)},\n    "mine": {`,
        ],
      ],
    };
  },
  codex: (command, args) => ({
    file: ".codex/config.toml",
    left: [".codex/rules", ".codex/skills/ouroboros-run", ".codex/skills/ouroboros-evolve"],
    files: {
      ".codex/rules/ouroboros.md": "# Ouroboros\n\nWhen the user types `ooo`, use the skill.\n",
      ".codex/skills/ouroboros-run/SKILL.md": SKILL("run"),
      ".codex/skills/ouroboros-evolve/SKILL.md": SKILL("evolve"),
    },
    replace: [[
      ".codex/config.toml",
      "[tui]",
      [
        "# Ouroboros MCP hookup for Codex CLI.",
        "# Keep Ouroboros runtime settings and per-role model overrides in",
        "# ~/.ouroboros/config.yaml (for example: clarification.default_model).",
        "# This file is only for the Codex MCP/env registration block.",
        "[mcp_servers.ouroboros]",
        `command = ${JSON.stringify(command)}`,
        `args = ${JSON.stringify(args)}`,
        "tool_timeout_sec = 600 # of-mine",
        "",
        "[mcp_servers.ouroboros.env]",
        `OUROBOROS_AGENT_RUNTIME = "codex"`,
        `OUROBOROS_LLM_BACKEND = "codex"`,
        "",
        "[tui]",
      ].join("\n"),
    ]],
  }),
  opencode: (command, args) => {
    const entry = {
      type: "local",
      command: [command, ...args],
      environment: {
        OUROBOROS_AGENT_RUNTIME: "opencode",
        OUROBOROS_LLM_BACKEND: "opencode",
        MINE,
      },
      timeout: 300_000,
    };
    return {
      file: ".config/opencode/opencode.jsonc",
      left: [".config/opencode/plugins"],
      files: {
        ".config/opencode/plugins/ouroboros-bridge/ouroboros-bridge.ts": "export {};\n",
      },
      replace: [
        [
          ".config/opencode/opencode.jsonc",
          `"search": {`,
          `"ouroboros": ${JSON.stringify(entry)},\n    "search": {`,
        ],
        [
          ".config/opencode/AGENTS.md",
          "- tests first\n",
          "- tests first\n\n<!-- ouroboros:skill-capability-guide:start -->\nUse ooo.\n" +
          "<!-- ouroboros:skill-capability-guide:end -->\n",
        ],
      ],
    };
  },
  hermes: (command, args) => ({
    file: ".hermes/config.yaml",
    left: [".hermes/skills/autonomous-ai-agents/ouroboros"],
    files: {
      ".hermes/skills/autonomous-ai-agents/ouroboros/__init__.py": "",
      ".hermes/skills/autonomous-ai-agents/ouroboros/run/SKILL.md": SKILL("run"),
      ".hermes/skills/autonomous-ai-agents/ouroboros/evolve/SKILL.md": SKILL("evolve"),
    },
    replace: [[
      ".hermes/config.yaml",
      "  notes:\n",
      [
        "  ouroboros:",
        `    command: ${JSON.stringify(command)}`,
        "    args:",
        ...args.map((word) => `    - ${JSON.stringify(word)}`),
        "    enabled: true",
        "    env:",
        "      MINE: of-mine",
        "  notes:\n",
      ].join("\n"),
    ]],
  }),
};
