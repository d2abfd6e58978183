import { assertEquals } from "@std/assert";
import { withoutRemark } from "../../../lib/setup/without_remark.ts";

const REMARK = "# Written by an installer.";

Deno.test("an installer's comment goes with the blank lines behind it, and no other comment", () => {
  const text = `# mine\na = 1\n\n${REMARK}\n# Keep it.\n\n[b]\nc = 2 # two\n# last\n`;
  assertEquals(withoutRemark("toml", text, REMARK), "# mine\na = 1\n\n[b]\nc = 2 # two\n# last\n");
  assertEquals(withoutRemark("toml", `${REMARK}\n[b]\n`, REMARK), "[b]\n");
});

Deno.test("a text without it, or where the line is none of a comment, stays as it is", () => {
  for (const text of ["", "# mine\n[b]\n", `a = """\n${REMARK}\n"""\n`]) {
    assertEquals(withoutRemark("toml", text, REMARK), text);
  }
});
