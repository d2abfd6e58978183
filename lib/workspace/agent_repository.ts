import { join } from "@std/path";
import { configText } from "./content_settings.ts";
import { readOptional } from "./private_repository.ts";

/** What the `.git` folder of a worktree or checkout is made from. */
export interface AgentRepositoryParts {
  /** The working tree that gets a `.git` folder. */
  workTree: string;
  /** Our private repository: its objects are borrowed, its settings copied. */
  gitDir: string;
  /** Our index of this working tree, with the file times as they are now. */
  index: string;
  commit: string;
}

/** The branch that an agent finds itself on. */
export const AGENT_BRANCH = "ouroboros";

/**
 * Gives a working tree of ours a repository of its own, written by hand: no git process, no template.
 * An agent may commit, stash, branch or delete there; nothing of it reaches the user's repository or
 * ours, and we never read it again: our own git calls name our private repository. It is also a
 * fence: without it git would find whatever repository lies above the run folder.
 */
export async function writeAgentRepository(parts: AgentRepositoryParts): Promise<void> {
  const dotGit = join(parts.workTree, ".git");
  await Deno.remove(dotGit, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  await Deno.mkdir(join(dotGit, "objects", "info"), { recursive: true });
  await Deno.mkdir(join(dotGit, "objects", "pack"), { recursive: true });
  await Deno.mkdir(join(dotGit, "refs", "heads"), { recursive: true });
  await Deno.mkdir(join(dotGit, "refs", "tags"), { recursive: true });
  await Deno.mkdir(join(dotGit, "info"), { recursive: true });
  const own = (name: string) => readOptional(join(parts.gitDir, name));
  const [config, exclude, attributes, sparse, shallow] = await Promise.all([
    own("config"),
    own(join("info", "exclude")),
    own(join("info", "attributes")),
    own(join("info", "sparse-checkout")),
    own("shallow"),
  ]);
  const write = (name: string, text: string) => Deno.writeTextFile(join(dotGit, name), text);
  await Promise.all([
    write("HEAD", `ref: refs/heads/${AGENT_BRANCH}\n`),
    write(join("refs", "heads", AGENT_BRANCH), `${parts.commit}\n`),
    write("config", (config ?? "") + OVERRIDES),
    write(join("info", "exclude"), exclude ?? ""),
    // Filters of the user's global config (LFS) would take every file they cover for changed.
    write(join("info", "attributes"), `${attributes ?? ""}\n* -filter\n`),
    write(join("objects", "info", "alternates"), `${join(parts.gitDir, "objects")}\n`),
    ...(sparse === undefined ? [] : [write(join("info", "sparse-checkout"), sparse)]),
    ...(shallow === undefined ? [] : [write("shallow", shallow)]),
    Deno.copyFile(parts.index, join(dotGit, "index")),
  ]);
}

/** The user's global settings are in force for an agent's git; these of them would only be in its way. */
const OVERRIDES = configText([
  ["core.bare", "false"],
  ["core.logallrefupdates", "true"],
  ["commit.gpgsign", "false"],
  ["tag.gpgsign", "false"],
]);
