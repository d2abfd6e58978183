import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { createApp } from "../../../lib/app/app.ts";
import { mcpToken } from "../../../lib/app/mcp_token.ts";
import { fixedEnvironment } from "../../../lib/config/environment.ts";
import { resolvePaths } from "../../../lib/config/paths.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { realClock, realRandom } from "../../helpers/real_ports.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

function appIn(dir: string, variables: Record<string, string> = {}) {
  const environment = fixedEnvironment({ HOME: dir, ...variables });
  return createApp({
    environment,
    paths: resolvePaths(environment),
    clock: realClock,
    random: realRandom,
    cwd: dir,
    self: ["ouroboros"],
    version: "0",
    skillsDir: dir,
  });
}

const refusal = (work: () => Promise<unknown>) => assertRejects(work, OuroborosError);

Deno.test("a token is made once, for its owner alone, and stays", async () => {
  await using dir = await tempDir();
  const app = appIn(dir.path);
  const made = await mcpToken(app);
  assertMatch(made.token, /^[0-9a-f]{64}$/);
  assertEquals(made.from, join(dir.path, ".ouroboros", "mcp-token"));
  if (Deno.build.os !== "windows") {
    assertEquals((await Deno.stat(made.from)).mode! & 0o777, 0o600);
  }
  assertEquals(await mcpToken(appIn(dir.path)), made);
});

Deno.test("servers that start at once agree on one token", async () => {
  await using dir = await tempDir();
  const all = await Promise.all(Array.from({ length: 8 }, () => mcpToken(appIn(dir.path))));
  assertEquals(new Set(all.map(({ token }) => token)).size, 1);
});

Deno.test("a token of one's own comes from a file or from a variable", async () => {
  await using dir = await tempDir();
  await Deno.writeTextFile(join(dir.path, "mine"), "0123456789abcdef\n", { mode: 0o600 });
  assertEquals(await mcpToken(appIn(dir.path), { file: "mine" }), {
    token: "0123456789abcdef",
    from: join(dir.path, "mine"),
  });
  const app = appIn(dir.path, { OUROBOROS_MCP_TOKEN: "fedcba9876543210" });
  assertEquals(await mcpToken(app, { env: "OUROBOROS_MCP_TOKEN" }), {
    token: "fedcba9876543210",
    from: "OUROBOROS_MCP_TOKEN",
  });
});

Deno.test("what keeps nobody out is refused, and its value is not told", async () => {
  await using dir = await tempDir();
  const write = (name: string, text: string) =>
    Deno.writeTextFile(join(dir.path, name), text, { mode: 0o600 });
  await write("short", "secret");
  await write("words", "one token or two of them");
  await write("open", "0123456789abcdef");
  await Deno.chmod(join(dir.path, "open"), 0o644);
  const app = appIn(dir.path, { OUROBOROS_SHORT: "secret", PATH: "/secret/programs:/bin" });
  for (
    const [source, code] of [
      [{ file: "short" }, "usage"],
      [{ file: "words" }, "usage"],
      [{ file: "open" }, "unreadable"],
      [{ file: "none" }, "not_found"],
      [{ file: "." }, "unreadable"],
      [{ env: "OUROBOROS_SHORT" }, "usage"],
      [{ env: "OUROBOROS_NONE" }, "not_configured"],
      [{ env: "PATH" }, "usage"],
    ] as const
  ) {
    const error = await refusal(() => mcpToken(app, source));
    assertEquals([error.code, /secret|two of/.test(error.message + error.hint)], [code, false]);
  }
});
