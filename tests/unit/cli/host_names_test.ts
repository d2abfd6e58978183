import { assertEquals } from "@std/assert";
import { hostNames } from "../../../lib/cli/host_names.ts";

function names(runtime: string[], positional: string[] = []) {
  return hostNames({ texts: () => runtime, positional });
}

Deno.test("hosts are named by option or as words, parted by commas, each once", () => {
  assertEquals(names(["ant,bee", " cat"], ["bee", "dog,"]), ["ant", "bee", "cat", "dog"]);
  assertEquals(names([]), []);
  assertEquals(names([",", " "]), []);
});
