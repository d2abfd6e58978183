import { assertEquals } from "@std/assert";
import { asTyped } from "../../../lib/cli/as_typed.ts";

Deno.test("commands get the path of the program, and nothing else does", () => {
  const typed = (text: string) => asTyped(text, "~/bin/$&");
  for (
    const [text, expected] of [
      ["ouroboros demo", "~/bin/$& demo"],
      [
        "Run: ouroboros setup -r x, or ouroboros undo RUN",
        "Run: ~/bin/$& setup -r x, or ~/bin/$& undo RUN",
      ],
      ['Then "ouroboros uninstall"', 'Then "~/bin/$& uninstall"'],
      ["ouroboros --help", "~/bin/$& --help"],
      ["ouroboros config set a b", "~/bin/$& config set a b"],
    ] as const
  ) assertEquals(typed(text), expected);
  for (
    const text of [
      "ouroboros",
      "ouroboros 1.2 answers",
      "/opt/ouroboros setup",
      "~/.ouroboros setup",
      "ouroboros setups",
      "MCP server ouroboros: done",
    ]
  ) assertEquals(typed(text), text);
});
