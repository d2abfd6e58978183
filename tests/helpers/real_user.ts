import { dirname, join } from "@std/path";
import { definitionOf } from "./real_drive.ts";
import type { RealAgent } from "./real_agents.ts";
import type { RealHome } from "./real_home.ts";
import { type Snapshot, snapshot } from "./setup_snapshot.ts";

/** Names of what a user has of their own in a host: a skill and the tool of a server. */
export const OWN = { skill: "own-recipes", tool: "notes_read" } as const;

/** What each host's user has written beside the settings of the model: to the end of a file. */
const WRITTEN: Record<string, (server: string) => Readonly<Record<string, string>>> = {
  codex: (server) => ({
    ".codex/config.toml": [
      `# mine: notes`,
      `[mcp_servers.notes]   # reads my notes`,
      `command = '${server}'`,
      `args = []`,
      ``,
      `[tui]`,
      `notifications = false`,
      `# the end`,
    ].join("\n"),
  }),
  claude: (server) => ({
    ".claude.json":
      `{\n    "numStartups": 12,\n    "mcpServers": {\n        "notes": {"type": "stdio", "command": ${
        JSON.stringify(server)
      }, "args": []}\n    }\n}\n`,
    ".claude/settings.json": [
      `{`,
      `\t"permissions": {`,
      `\t\t"allow": ["Bash(sleep:*)"], "deny": ["Read(./.env)"]`,
      `\t}`,
      `}`,
    ].join("\n"),
  }),
  opencode: (server) => ({
    ".config/opencode/opencode.jsonc": [
      `{`,
      // It writes this line into every file of its own that lacks it.
      `  "$schema": "https://opencode.ai/config.json",`,
      `  // mine: notes`,
      `  "permission": { /* never unasked */ "ouroboros_*": "ask" },`,
      `  "mcp": {`,
      `    "notes": { "type": "local", "command": [${JSON.stringify(server)}], "enabled": true, },`,
      `  },`,
      `}`,
      ``,
    ].join("\n"),
  }),
  hermes: (server) => ({
    ".hermes/config.yaml": [
      `# mine: notes`,
      `mcp_servers:`,
      `  notes:   # reads my notes`,
      `    command: "${server}"`,
      `    args: []`,
      ``,
      `# the end`,
    ].join("\n"),
  }),
};

/** Adds to a home what its user has of their own in the host: a server, a skill, comments. */
export async function fillUser(agent: RealAgent, home: RealHome): Promise<void> {
  const server = join(home.root, "notes");
  await Deno.writeTextFile(server, NOTES);
  await Deno.chmod(server, 0o755);
  for (const [path, text] of Object.entries(WRITTEN[agent.name]!(server))) {
    await Deno.mkdir(dirname(join(home.home, path)), { recursive: true });
    await Deno.writeTextFile(join(home.home, path), text, { append: true });
  }
  const { home: folder, skills: { dir } } = definitionOf(agent).placement!;
  const skills = join(home.home, folder.path, dir.split("/")[0]!);
  await Deno.mkdir(join(skills, OWN.skill), { recursive: true });
  await Deno.writeTextFile(
    join(skills, OWN.skill, "SKILL.md"),
    `---\nname: ${OWN.skill}\ndescription: Cooks what I like\n---\n\nAsk first.\n`,
  );
}

/** A server with one tool, in a shell. */
const NOTES = `#!/bin/sh
say() { printf '{"jsonrpc":"2.0","id":%s,"result":%s}\\n' "$id" "$1"; }
while read -r line; do
  id=$(printf %s "$line" | sed -n 's/.*"id": *\\([0-9]*\\).*/\\1/p')
  case $line in
  *'"initialize"'*) say '{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"notes","version":"1"},"instructions":"Notes of mine"}' ;;
  *'"tools/list"'*) say '{"tools":[{"name":"${OWN.tool}","description":"Reads my notes","inputSchema":{"type":"object","properties":{}}}]}' ;;
  *'"ping"'*) say '{}' ;;
  esac
done
`;

/** What a host needs to reach the model when its own folder is empty. */
export interface Bare {
  /** Variables that name the model. */
  env: Record<string, string>;
  /** Writes what only a file can say, to the head of files that may be there already. */
  configure(): Promise<void>;
  /** The home as it would be after `configure` alone. */
  configured: Snapshot;
}

/** Empties a home, and keeps for later what the host has to be told of the model. */
export async function emptyHome(home: RealHome): Promise<Bare> {
  const env: Record<string, string> = {};
  const written: Record<string, string> = {};
  const take = async (folder: string, below: string): Promise<void> => {
    for (const entry of [...Deno.readDirSync(folder)]) {
      const [path, name] = [join(folder, entry.name), join(below, entry.name)];
      if (entry.isDirectory) await take(path, name);
      // This host can be told in a variable, and would read its file beside ours else.
      else if (entry.name === "opencode.json") {
        env.OPENCODE_CONFIG_CONTENT = await Deno.readTextFile(path);
      } else written[name] = await Deno.readTextFile(path);
    }
  };
  const clear = async () => {
    await Deno.remove(home.home, { recursive: true });
    await Deno.mkdir(home.home);
  };
  await take(home.home, "");
  await clear();
  const configure = async () => {
    for (const [name, text] of Object.entries(written)) {
      const path = join(home.home, name);
      await Deno.mkdir(dirname(path), { recursive: true });
      const there = await Deno.readTextFile(path).catch(() => "");
      await Deno.writeTextFile(path, text + there);
    }
  };
  await configure();
  const configured = await snapshot(home.home);
  await clear();
  return { env, configure, configured };
}
