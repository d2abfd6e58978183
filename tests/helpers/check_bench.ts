import { join } from "@std/path";
import { memoryCheckCache } from "../../lib/checks/check_cache.ts";
import type { CommandInput } from "../../lib/checks/check_input.ts";
import type { CheckTreeOptions } from "../../lib/checks/check_tree.ts";
import type { CheckSurroundings } from "../../lib/checks/check_env.ts";
import { TOOLCHAIN_ENV_NAMES } from "../../lib/checks/toolchain_env.ts";
import { createProcesses } from "../../lib/process/processes.ts";
import { type FakeFiles, FakeWorkspace } from "./fake_workspace.ts";
import { tempDir } from "./temp_dir.ts";

/** A command check with everything at its default. */
export function commandCheck(run: string, parts: Partial<CommandInput> = {}): CommandInput {
  return {
    kind: "command",
    run,
    timeoutMs: 60_000,
    protect: [],
    files: {},
    hidden: false,
    preserve: false,
    ...parts,
  };
}

/** A place in which checks really run: real children, real folders, made-up trees. */
export interface CheckBench extends AsyncDisposable {
  readonly folder: string;
  readonly scratch: string;
  readonly workspace: FakeWorkspace;
  /** Options for `checkTree` with this base. */
  options(base: FakeFiles, more?: Partial<CheckTreeOptions>): CheckTreeOptions;
}

/** What checks get of the environment in which the tests run. */
export function testSurroundings(): CheckSurroundings {
  const toolchains: Record<string, string> = {};
  for (const name of TOOLCHAIN_ENV_NAMES) {
    const value = Deno.env.get(name);
    if (value !== undefined) toolchains[name] = value;
  }
  return { home: Deno.env.get("HOME") ?? "/", path: Deno.env.get("PATH") ?? "", toolchains };
}

/** Makes such a place; `await using` takes it away. */
export async function checkBench(): Promise<CheckBench> {
  const dir = await tempDir();
  const processes = createProcesses({
    depth: 0,
    chain: [],
    random: (count) => crypto.getRandomValues(new Uint8Array(count)),
  });
  const workspace = new FakeWorkspace(join(dir.path, "checkouts"));
  const scratch = join(dir.path, "scratch");
  return {
    folder: dir.path,
    scratch,
    workspace,
    options: (base, more = {}) => ({
      workspace,
      processes,
      scratch,
      surroundings: testSurroundings(),
      base: workspace.tree(base),
      dir: ".",
      label: "criterion 1",
      cache: memoryCheckCache(),
      ...more,
    }),
    async [Symbol.asyncDispose]() {
      // The guard is no reason for an event loop to go on, and we do wait for it.
      const alive = setInterval(() => {}, 1000);
      await processes.close();
      clearInterval(alive);
      await dir[Symbol.asyncDispose]();
    },
  };
}
