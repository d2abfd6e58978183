import { assertEquals } from "@std/assert";
import { jsonText, withoutCommands } from "../../../../lib/cli/render/receipt_check_inert.ts";

Deno.test("a line that a GitHub job would obey is broken, and nothing else", () => {
  assertEquals(withoutCommands("::error::a\nb ::c\n"), ": :error::a\nb ::c\n");
  assertEquals(withoutCommands("x\n \t::stop-commands::t"), "x\n \t: :stop-commands::t");
  assertEquals(
    withoutCommands("  | a ##[error]b ##[add-mask]c"),
    "  | a # #[error]b # #[add-mask]c",
  );
  assertEquals(withoutCommands("###[x]"), "## #[x]");
  assertEquals(withoutCommands("std::vector, ## [x], #[test]"), "std::vector, ## [x], #[test]");
});

Deno.test("JSON holds no command, and means the same", () => {
  const value = { output: "::error::a\n##[add-mask]b ###[c", "##[key]": ["\\##["] };
  const text = jsonText(value);
  assertEquals(text.includes("##["), false);
  assertEquals(JSON.parse(text), value);
});
