import { defineRuntime, type Placement, type RuntimeDefinition } from "../../lib/runtimes/mod.ts";

/** A runtime that exists in a test alone; `parts` replace what the test is about. */
export function madeUpRuntime(
  id: string,
  parts: Partial<RuntimeDefinition> = {},
): RuntimeDefinition {
  return defineRuntime<unknown>({
    id,
    aliases: [],
    title: `The ${id} agent`,
    maturity: "experimental",
    docsUrl: "https://example.com/",
    binary: {
      kind: "external",
      names: [id],
      versionArgs: ["--version"],
      parseVersion: (text) => /\d+\.\d+\.\d+/.exec(text)?.[0],
      lowestVersion: "1.0.0",
      install: `npm install -g ${id}`,
      signIn: { files: [], env: [`${id.toUpperCase()}_KEY`], command: `${id} login` },
    },
    invoke: (request) => ({ args: ["run"], stdin: request.prompt, env: {}, files: {} }),
    permissions: { edit: { confinement: "none", stopsOutsideWrites: false } },
    decode: {
      start: () => ({}),
      line: (_state, _stream, line) => [{ type: "text", text: line }],
      finish: (_state, exit) => ({ reason: exit.reason }),
    },
    streams: true,
    limits: {
      startMs: 60_000,
      idleMs: 600_000,
      totalMs: 3_600_000,
      outputBytes: 100_000_000,
      lineBytes: 10_000_000,
      promptBytes: 1_000_000,
      parallel: 3,
    },
    stop: [{ signal: "SIGTERM", graceMs: 1000 }, { signal: "SIGKILL", graceMs: 1000 }],
    env: { pass: ["HOME", "PATH"], withhold: [] },
    failures: [],
    capabilities: {
      streaming: "events",
      resume: "none",
      systemPrompt: "in-prompt",
      toolRestriction: "none",
      structuredOutput: "none",
      completions: false,
      usage: "none",
      cost: "unknown",
    },
    guidance: ["Made up for a test", "It does nothing"],
    limitations: [],
    ...parts,
  });
}

/** Places of a host that exists in a test alone: everything below `.ID`, moved by `ID_HOME`. */
export function madeUpPlacement(id: string, parts: Partial<Placement> = {}): Placement {
  return {
    home: { env: `${id.toUpperCase()}_HOME`, path: `.${id}` },
    skills: { dir: "skills", prefix: "ouroboros-" },
    mcp: {
      files: [`${id}.json`],
      format: "json",
      keyPath: ["servers", "ouroboros"],
      entry: ([command = "", ...args], names) => ({ command, args, names }),
      environment: "named",
      toolPrefix: "mcp__ouroboros__",
    },
    approval: { unasked: "all", approve: () => [] },
    restart: `Start ${id} again`,
    firstWords: "/SKILL",
    former: { paths: [], entries: [], blocks: [] },
    tried: { version: "1.0.0", facts: ["Nothing was tried"] },
    ...parts,
  };
}
