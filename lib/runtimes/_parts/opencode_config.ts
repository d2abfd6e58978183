import type { Permission } from "../../kernel/runtime_event.ts";

type Rules = Record<string, "allow" | "deny" | Record<string, "allow" | "deny">>;

/** A deny lets the model carry on; an "ask" ends a headless run at exit 0 with the work half done. */
const OUTSIDE: Rules = { external_directory: { "*": "deny" } };
const SECRETS = { "*.env": "deny", "*.env.*": "deny", "*.env.example": "allow" } as const;

/** Added to the user's own rules, which stay: a whole-tool "allow" here would lift their denials. */
const EDIT: Rules = { ...OUTSIDE, read: { ...SECRETS } };

const READ: Rules = {
  "*": "deny",
  read: { "*": "allow", ...SECRETS },
  glob: "allow",
  grep: "allow",
  list: "allow",
  todowrite: "allow",
  todoread: "allow",
  // Named one by one: a user's own rule for a tool would otherwise stand after "*".
  edit: "deny",
  bash: "deny",
  task: "deny",
  webfetch: "deny",
  websearch: "deny",
  skill: "deny",
  ...OUTSIDE,
};

/** Named one by one, too: see above. */
const NOTHING: Rules = {
  "*": "deny",
  ...Object.fromEntries(Object.keys(READ).map((tool) => [tool, "deny" as const])),
};

const RULES: Record<Permission, Rules> = { read: READ, edit: EDIT, full: {} };

/** The configuration of one attempt, for OPENCODE_CONFIG_CONTENT. */
export function openCodeConfig(
  permission: Permission,
  hiddenSkills: readonly string[],
): string {
  const rules: Rules = {
    ...(permission === "read" ? {} : { skill: ourSkills(hiddenSkills) }),
    ...RULES[permission],
  };
  return configText(rules, { servers: [] });
}

/**
 * The same of one answer: with `reads` the tools that look, else none. The agent's own
 * instructions take the place of OpenCode's.
 */
export function openCodeCompletionConfig(
  options: { reads: boolean; systemText: string; foreignServers: readonly string[] },
): string {
  const { reads, systemText: prompt, foreignServers: servers } = options;
  return configText(reads ? READ : NOTHING, { servers, prompt });
}

/**
 * OpenCode merges it over the user's and the project's, without our server and `servers`. The rules
 * stand twice, because those of an agent win over the general ones and a project's
 * `agent.build.permission` would lift them (tried with 1.18.33).
 */
function configText(rules: Rules, more: { servers: readonly string[]; prompt?: string }): string {
  const { servers, prompt } = more;
  return JSON.stringify({
    autoupdate: false,
    share: "disabled",
    mcp: Object.fromEntries(["ouroboros", ...servers].map((name) => [name, { enabled: false }])),
    permission: rules,
    agent: { build: { permission: rules, prompt } },
  });
}

/** Our skills are for hosts: a worker that followed one would start a run inside its run. */
function ourSkills(names: readonly string[]): Record<string, "deny"> {
  return Object.fromEntries(["ouroboros*", ...names].map((name) => [name, "deny"]));
}
