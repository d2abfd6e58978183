/** What shellcheck says of the shell scripts that people and CI start. */
import { assertEquals } from "@std/assert";
import { INSTALLER, whereIs } from "../helpers/install_bench.ts";
import { TOOL_FOLDERS } from "../helpers/real_agents.ts";

const SCRIPTS = [INSTALLER, ...[".ci/run", ".ci/denort", ".ci/agents"].map(fromRoot)];

const PROGRAM = TOOL_FOLDERS.map((folder) => `${folder}/shellcheck`).find(isThere) ??
  whereIs("shellcheck");

for (const shell of ["sh", "dash", "bash"]) {
  Deno.test({
    name: `shellcheck finds nothing for ${shell}`,
    ignore: PROGRAM === undefined,
    fn: async () => {
      const args = ["--norc", "-s", shell, ...SCRIPTS];
      const { success, stdout } = await new Deno.Command(PROGRAM!, { args }).output();
      assertEquals([success, new TextDecoder().decode(stdout)], [true, ""]);
    },
  });
}

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

function fromRoot(path: string): string {
  return decodeURIComponent(new URL(`../../${path}`, import.meta.url).pathname);
}
