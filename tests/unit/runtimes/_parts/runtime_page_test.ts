import { assert, assertFalse, assertStringIncludes } from "@std/assert";
import { runtimePage } from "../../../../lib/runtimes/_parts/runtime_page.ts";
import { madeUpPlacement, madeUpRuntime } from "../../../helpers/made_up_runtime.ts";

Deno.test("a page names every file that a setup touches, and what moves it", () => {
  const page = runtimePage(madeUpRuntime("ants", {
    placement: madeUpPlacement("ants"),
    limitations: ["Slow in winter"],
  }));
  for (
    const line of [
      "# The ants agent",
      "- Skills: `~/.ants/skills/ouroboros-NAME/`",
      "- Entry of the server: `servers.ouroboros` in `~/.ants/ants.json`",
      "- Elsewhere: `ANTS_HOME` names the folder",
      "- Slow in winter",
      "- Type first: `/ouroboros-help`",
      "- `read`: not offered by this CLI",
    ]
  ) assertStringIncludes(page, line);
});

Deno.test("a file beside the host's folder is named where it lies", () => {
  const { mcp } = madeUpPlacement("ants");
  const placement = madeUpPlacement("ants", { mcp: { ...mcp, files: ["../.ants.json"] } });
  assertStringIncludes(runtimePage(madeUpRuntime("ants", { placement })), "in `~/.ants.json`");
});

Deno.test("a runtime that is no host has no files to touch", () => {
  const page = runtimePage(madeUpRuntime("bees"));
  assertFalse(page.includes("setup"));
  assert(page.endsWith("\n") && !page.endsWith("\n\n"));
});
