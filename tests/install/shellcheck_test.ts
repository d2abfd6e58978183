/** What shellcheck says of the shell scripts that people and CI start. */
import { assertEquals } from "@std/assert";
import { INSTALLER, whereIs } from "../helpers/install_bench.ts";

const SCRIPTS = [INSTALLER, ...[".ci/run", ".ci/denort"].map(fromRoot)];

for (const shell of ["sh", "dash", "bash"]) {
  Deno.test({
    name: `shellcheck finds nothing for ${shell}`,
    ignore: whereIs("shellcheck") === undefined,
    fn: async () => {
      const args = ["--norc", "-s", shell, ...SCRIPTS];
      const { success, stdout } = await new Deno.Command("shellcheck", { args }).output();
      assertEquals([success, new TextDecoder().decode(stdout)], [true, ""]);
    },
  });
}

function fromRoot(path: string): string {
  return decodeURIComponent(new URL(`../../${path}`, import.meta.url).pathname);
}
