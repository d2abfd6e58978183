import { assertEquals } from "@std/assert";
import { handedIn } from "../../../lib/checks/handed_in.ts";

function found(run: string, paths: readonly string[], protect: string[] = []): string[] {
  const changed = paths.map((path) => ({ path, kind: "added" as const }));
  return handedIn({ run, protect, files: {} }, { changed, dir: "." });
}

Deno.test("What a command makes and then looks at is a build result, what it starts with is none", () => {
  const files = ["dist/app.js", "build.mjs", "src/app.js", "bin/cli.js", "bin/app", "target/x"];
  assertEquals(found("node build.mjs && node dist/app.js", files), ["dist/app.js"]);
  assertEquals(found("make bin/app && ./bin/app", files), ["bin/app"]);
  assertEquals(found("cargo build -q && ./target/x | grep 2", files), ["target/x"]);
  assertEquals(found("npm run build && node bin/cli.js", files), []);
  assertEquals(found("node dist/app.js", files), []);
  assertEquals(found("make -s bin/app && ./bin/app", files, ["bin"]), []);
});

Deno.test("A target of make is what make makes, and a variable is no target", () => {
  assertEquals(found("make -s test CC=gcc", ["test", "gcc", "CC=gcc"]), ["test"]);
  assertEquals(found("make", ["test"]), []);
});
