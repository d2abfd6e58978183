/** A value of a host's file; the same as the editors of setup take. */
export type FileValue =
  | string
  | number
  | boolean
  | readonly FileValue[]
  | { readonly [key: string]: FileValue };

/** A format of a host's file. */
export type FileFormat = "json" | "jsonc" | "toml" | "yaml";

/** One change of a host's file; key paths lead through mappings only. */
export type FileChange =
  | { op: "set"; path: readonly string[]; value: FileValue }
  | { op: "add_item"; path: readonly string[]; item: FileValue };

/** Where a host keeps things and how it is told of us: data and pure functions, used by setup. */
export interface Placement {
  /** The host's folder. */
  home: {
    /** Variable that names it. */
    env?: string;
    /** Folder below XDG_CONFIG_HOME, where that is set and `env` is not. */
    xdg?: string;
    /** Below HOME, where nothing moves it. */
    path: string;
  };
  skills: {
    /** Below the host's folder; one folder a bundle in it. */
    dir: string;
    /**
     * Before a bundle's name, in its folder and its front matter: hosts keep one flat list of
     * names, and a bare `run` or `help` would stand beside, or hide, one of theirs.
     */
    prefix: string;
  };
  mcp: {
    /** Variable that names the file itself, absolute. */
    fileEnv?: string;
    /** Below the host's folder; the first that is there is edited, else the first is made. */
    files: readonly string[];
    /** Where `home.env` moves the folder and the file then lies elsewhere in it. */
    movedFiles?: readonly string[];
    format: FileFormat;
    /** Where the entry stands; the last key is the server's name. */
    keyPath: readonly string[];
    /**
     * The entry. `launcher`: this program and its arguments. `names`: variables that are to reach
     * the server, passed by name, never by value; ignored where the server inherits them all.
     */
    entry(launcher: readonly string[], names: readonly string[]): FileValue;
    /** Member of the entry, a text, that says whether we are started, and not what. */
    switch?: string;
    /** What reaches the server of the host's environment. */
    environment: "all" | "named";
    /** Before a tool's name, as the model sees it. */
    toolPrefix: string;
  };
  /** Tools where nobody can be asked. */
  approval: {
    /** What runs without a question and without an approval. */
    unasked: "all" | "read-only" | "none";
    /** File that approvals stand in, below the host's folder; left out: the one with the entry. */
    file?: { path: string; format: FileFormat };
    /** The last rule that fits wins in that host: what approves must come last in its mapping. */
    last?: boolean;
    /**
     * A text may stand in place of the mapping of rules: a rule for all tools, as `key` of the
     * mapping is one. With the text `all` every tool is approved.
     */
    short?: { path: readonly string[]; key: string; all: string };
    /** Approves tools by their own names; offered, never made unasked. */
    approve(tools: readonly string[]): readonly FileChange[];
  };
  /** The file of standing instructions that the host reads for a user; setup leaves it alone. */
  instructions?: string;
  /** The file of instructions that the host reads in a project; ours go there on request alone. */
  projectInstructions?: string;
  /** A file beside it that the host reads in its place where it is there and not empty. */
  projectOverride?: string;
  /** A line `@NAME` in that file takes another one in. */
  projectImports?: true;
  /** What has to be started again after a setup, for people. */
  restart: string;
  /** What to type there first, `SKILL` standing for a skill's name as it is installed. */
  firstWords: string;
  /** What the Python original left behind, below the host's folder. */
  former: {
    /** Files and folders that it made; a name may end in `*`. Ours have the same names in part. */
    paths: readonly string[];
    /** Entries that it made in files of its own or of the host's. */
    entries: readonly { file: string; format: FileFormat; keyPath: readonly string[] }[];
    /** Sections of Markdown files. */
    blocks: readonly { file: string; start: string; end: string }[];
    /**
     * What it wrote into its entry for the server and what would mislead ours; below the entry.
     * With `value` only while it is that: another one is the user's.
     */
    keys?: readonly { path: readonly string[]; value?: FileValue }[];
    /** Texts that it put into lists of the file with the entry, by how they end. */
    items?: readonly { keyPath: readonly string[]; ending: string }[];
    /** First line of the comment that it put above its entry. */
    remark?: string;
  };
  /** What was found by running the host, one line each, and with which version. */
  tried: { version: string; facts: readonly string[] };
}
