import { dirname, join } from "@std/path";
import type { CheckSurroundings } from "../../lib/checks/check_env.ts";
import { TOOLCHAIN_ENV_NAMES } from "../../lib/checks/toolchain_env.ts";

/**
 * The toolchains of this machine for checks under a `home` that has nothing in it. A toolchain that
 * finds itself by HOME alone is told where it lies, and caches that are dear to fill are shared.
 */
export async function truthTools(home: string): Promise<CheckSurroundings> {
  const toolchains: Record<string, string> = {};
  for (const name of TOOLCHAIN_ENV_NAMES) {
    const value = Deno.env.get(name);
    if (value !== undefined) toolchains[name] = value;
  }
  const path = Deno.env.get("PATH") ?? "";
  const rustup = await besideCargo(path);
  if (rustup !== undefined) toolchains.RUSTUP_HOME ??= rustup;
  const goCache = await printed("go", ["env", "GOCACHE"]);
  if (goCache?.startsWith("/")) toolchains.GOCACHE ??= goCache;
  return { home, path, toolchains };
}

/** Whether a task's tools start in the environment that its checks will have. */
export async function toolsStart(line: string, tools: CheckSurroundings): Promise<boolean> {
  const { success } = await new Deno.Command("sh", {
    args: ["-c", line],
    clearEnv: true,
    env: { ...tools.toolchains, HOME: tools.home, PATH: tools.path },
    stdout: "null",
    stderr: "null",
  }).output();
  return success;
}

/** rustup's toolchains, which lie beside the folder of its `cargo` where nobody moved them. */
async function besideCargo(path: string): Promise<string | undefined> {
  for (const folder of path.split(":")) {
    if (!folder.startsWith("/") || !await isThere(join(folder, "rustup"))) continue;
    const place = join(dirname(dirname(folder)), ".rustup");
    if (await isThere(place)) return place;
  }
  return undefined;
}

async function isThere(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

async function printed(command: string, args: string[]): Promise<string | undefined> {
  try {
    const { success, stdout } = await new Deno.Command(command, { args, stderr: "null" }).output();
    return success ? new TextDecoder().decode(stdout).trim() : undefined;
  } catch (error) {
    // Not installed: the tasks that need it are skipped by name.
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
