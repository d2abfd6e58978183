import type { CannotRun } from "../kernel/check_run.ts";

/** Which rule tells a dependency from a part of the project. */
export type Ecosystem =
  | "shell"
  | "node"
  | "node_tool"
  | "python"
  | "go"
  | "rust"
  | "java"
  | "ruby"
  | "network"
  | "machine";

/** One way in which a tool says that it lacks something; group 1 names what. */
export interface TroubleRow {
  kind: CannotRun["kind"];
  ecosystem: Ecosystem;
  form: RegExp;
  /** A shell says "not found" in many scripts that go on; this row counts at these exits only. */
  exits?: readonly number[];
}

/** Exit codes with which a shell, or what started it, says that a command was not there. */
const NOT_FOUND_EXITS = [126, 127];

/** From outputs of the real tools; `plainText` has taken colours away. */
export const TROUBLE_ROWS: readonly TroubleRow[] = [
  // A tool that package.json declares and nobody installed
  {
    kind: "missing_module",
    ecosystem: "node_tool",
    form:
      /^\S*sh(?:: line)?(?:[: ]+\d+)?: (?:\.\/)?node_modules\/\.bin\/([^\s:]+): (?:not found|No such file or directory)$/,
    exits: NOT_FOUND_EXITS,
  },
  {
    kind: "missing_module",
    ecosystem: "node_tool",
    form: /\bnpx canceled due to missing packages and no YES option: \["(@?[^"@]+)/,
  },
  // sh: 1: foo: not found · bash: line 1: foo: command not found · ./t.sh: 3: foo: not found
  {
    kind: "missing_tool",
    ecosystem: "shell",
    form: /^\S*(?:sh|\.bash|\.zsh)(?:: line)?(?:[: ]+\d+)?: ([^\s:]+): (?:command )?not found$/,
    exits: NOT_FOUND_EXITS,
  },
  {
    kind: "missing_tool",
    ecosystem: "shell",
    form: /^\S*zsh:(?:\d+:)? command not found: (\S+)$/,
    exits: NOT_FOUND_EXITS,
  },
  {
    kind: "missing_tool",
    ecosystem: "shell",
    form:
      /^\S*sh(?:: line)?(?:[: ]+\d+)?: ([^\s:]+): (?:No such file or directory|Permission denied)$/,
    exits: NOT_FOUND_EXITS,
  },
  {
    kind: "missing_tool",
    ecosystem: "shell",
    form: /^(?:\S*\/)?env: ['‘`]?([^\s'’:]+)['’]?: No such file or directory$/,
    exits: NOT_FOUND_EXITS,
  },
  // make ends with 2 and prints what its shell said, or this:
  {
    kind: "missing_tool",
    ecosystem: "shell",
    form: /^g?make(?:\[\d+\])?: ([^\s:]+): (?:No such file or directory|Command not found)$/,
  },
  // Version managers, cargo's subcommands
  {
    kind: "missing_tool",
    ecosystem: "shell",
    form: /^(?:pyenv|rbenv|nodenv|jenv): (\S+): command not found/,
    exits: NOT_FOUND_EXITS,
  },
  {
    kind: "missing_tool",
    ecosystem: "shell",
    form: /^No version is set for command (\S+)/,
    exits: NOT_FOUND_EXITS,
  },
  { kind: "missing_tool", ecosystem: "machine", form: /^error: no such command: `(\S+)`/ },
  {
    kind: "missing_tool",
    ecosystem: "machine",
    form: /^error: (toolchain '\S+') is not installed/,
  },
  {
    kind: "missing_tool",
    ecosystem: "machine",
    form: /^error: rustup could not choose a version of (\S+) to run\b/,
  },
  {
    kind: "missing_tool",
    ecosystem: "machine",
    form: /^docker: unknown command: (docker [\w-]+)$/,
  },
  {
    kind: "missing_tool",
    ecosystem: "machine",
    form: /^(docker: '[\w-]+') is not a docker command\b/,
  },
  // What a machine runs out of is nobody's work
  {
    kind: "not_started",
    ecosystem: "machine",
    form:
      /(No space left on device|ENOSPC|Disk quota exceeded|Cannot allocate memory|Too many open files|fork: (?:retry: )?Resource temporarily unavailable)/,
  },
  // Node, Bun, TypeScript, bundlers
  {
    kind: "missing_module",
    ecosystem: "node",
    form: /\bCannot find (?:module|package) ['"]([^'"]+)['"]/,
  },
  {
    kind: "missing_module",
    ecosystem: "node",
    form: /(?:Failed to resolve import|Could not resolve|Failed to load url) ["']?([^"'\s]+)["']?/,
  },
  {
    kind: "missing_module",
    ecosystem: "node",
    form: /request to \S+\/([^/\s]+) failed: cache mode is 'only-if-cached'/,
  },
  // Python
  {
    kind: "missing_module",
    ecosystem: "python",
    form: /^(?:E\s+)?(?:ModuleNotFoundError|ImportError): No module named ['"]?([\w.]+)['"]?/,
  },
  {
    kind: "missing_module",
    ecosystem: "python",
    form: /^\S*python[\d.]*(?:\.exe)?: No module named ([\w.]+)/,
  },
  // Go
  {
    kind: "missing_module",
    ecosystem: "go",
    form: /no required module provides package ([^\s;:]+)/,
  },
  {
    kind: "missing_module",
    ecosystem: "go",
    form: /cannot find (?:module providing )?package "?([^\s":]+)"?/,
  },
  {
    kind: "missing_module",
    ecosystem: "go",
    form: /missing go\.sum entry for .*?([\w.]+\/[^\s;:]+)/,
  },
  // Rust
  {
    kind: "missing_module",
    ecosystem: "rust",
    form: /^error(?:\[E0463\])?: can't find crate for `(\w+)`/,
  },
  {
    kind: "missing_module",
    ecosystem: "rust",
    form: /^error: no matching package named `([\w-]+)` found/,
  },
  // Java
  {
    kind: "missing_module",
    ecosystem: "java",
    form: /java\.lang\.(?:ClassNotFoundException|NoClassDefFoundError): ([\w./$]+)/,
  },
  { kind: "missing_module", ecosystem: "java", form: /error: package ([\w.]+) does not exist/ },
  {
    kind: "missing_module",
    ecosystem: "java",
    form: /Could not (?:find artifact|resolve dependencies for project|find) ([\w.-]+:[\w.-]+)/,
  },
  // Ruby
  {
    kind: "missing_module",
    ecosystem: "ruby",
    form: /cannot load such file -- (\S+) \(LoadError\)/,
  },
  // Networks; the address is looked for in the rest of the line
  {
    kind: "refused_connection",
    ecosystem: "network",
    form:
      /((?:ECONNREFUSED|[Cc]onnection refused|Couldn't connect to server|Failed to connect to|Cannot connect to the Docker daemon).*)/,
  },
  {
    kind: "refused_connection",
    ecosystem: "network",
    form:
      /((?:ENOTFOUND|EAI_AGAIN|ENETUNREACH|no such host|Could not resolve host|Temporary failure in name resolution|Name or service not known|nodename nor servname|Network is unreachable|failed to lookup address|dns error).*)/,
  },
];
