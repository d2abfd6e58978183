import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { fixedEnvironment } from "../../../lib/config/environment.ts";
import { expandHome, resolvePaths } from "../../../lib/config/paths.ts";

const paths = (values: Record<string, string>) => resolvePaths(fixedEnvironment(values));
const refusal = (values: Record<string, string>) =>
  assertThrows(() => paths(values), OuroborosError);

Deno.test("everything lies below the home folder", () => {
  const found = paths({ HOME: "/home/ada" });
  assertEquals(found, {
    home: "/home/ada",
    root: "/home/ada/.ouroboros",
    rootFrom: "HOME",
    config: "/home/ada/.ouroboros/config.yaml",
    journal: "/home/ada/.ouroboros/journal.db",
    runs: "/home/ada/.ouroboros/runs",
    tmp: "/home/ada/.ouroboros/tmp",
    slots: "/home/ada/.ouroboros/slots",
    recordings: "/home/ada/.ouroboros/recordings",
    mcpToken: "/home/ada/.ouroboros/mcp-token",
    originalDatabase: "/home/ada/.ouroboros/ouroboros.db",
  });
});

Deno.test("OUROBOROS_HOME moves it, a tilde is expanded", () => {
  const found = paths({ HOME: "/home/ada", OUROBOROS_HOME: "/srv/o" });
  assertEquals([found.journal, found.rootFrom], ["/srv/o/journal.db", "OUROBOROS_HOME"]);
  assertEquals(paths({ HOME: "/h", OUROBOROS_HOME: "~/x" }).root, "/h/x");
  assertEquals(paths({ HOME: "/h", OUROBOROS_HOME: " " }).root, "/h/.ouroboros");
});

Deno.test("a home with blanks and letters of any language is taken as it is, in any locale", () => {
  assertEquals(
    paths({ HOME: "/home/Zoë Müller 夏", LC_ALL: "C" }).config,
    "/home/Zoë Müller 夏/.ouroboros/config.yaml",
  );
});

Deno.test("no home, or one that depends on where one stands, is refused with a way out", () => {
  for (const values of [{}, { HOME: "" }] as Record<string, string>[]) {
    const error = refusal(values);
    assertEquals(error.code, "not_configured");
    assertStringIncludes(error.hint ?? "", "export HOME=");
  }
  assertStringIncludes(refusal({ HOME: "ada" }).message, '"ada" is not an absolute path');
  assertStringIncludes(refusal({ HOME: "/h", OUROBOROS_HOME: "./o" }).message, "OUROBOROS_HOME");
});

Deno.test("only a tilde of one's own is expanded", () => {
  assertEquals(expandHome("~", "/h"), "/h");
  assertEquals(expandHome("~/a", "/h"), "/h/a");
  assertEquals(expandHome("~bob/a", "/h"), "~bob/a");
  assertEquals(expandHome("/a/~", "/h"), "/a/~");
});
