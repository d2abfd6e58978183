import { reopenRunWorkspace } from "../../lib/workspace/open_workspace.ts";
import { plainGit } from "./git_runner.ts";

// Applies a run's work, to be killed in the middle of it. Arguments: home, run folder, from, to.
const [home = "", dir = "", from = "", to = ""] = Deno.args;
const workspace = await reopenRunWorkspace({ git: plainGit(home), dir, now: () => new Date() });
await workspace.apply({ from, to, mode: { kind: "worktree" } });
