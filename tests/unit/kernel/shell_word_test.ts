import { assertEquals } from "@std/assert";
import { shellWord } from "../../../lib/kernel/shell_word.ts";

Deno.test("a plain word stays, anything else is quoted, and a shell reads it back", () => {
  assertEquals(shellWord("/opt/a-b_c/seed.yaml"), "/opt/a-b_c/seed.yaml");
  for (const text of ["my seed.yaml", "it's", "$HOME", "a;b", "", "~/x", "*", "a\nb"]) {
    const word = shellWord(text);
    const { stdout } = new Deno.Command("sh", {
      args: ["-c", `printf %s ${word}`],
      stdin: "null",
    }).outputSync();
    assertEquals(new TextDecoder().decode(stdout), text);
  }
});
