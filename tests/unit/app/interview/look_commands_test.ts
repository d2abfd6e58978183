import { assertEquals } from "@std/assert";
import { lookCommands } from "../../../../lib/app/interview/look_commands.ts";

const commands = async (files: Readonly<Record<string, string>>) =>
  (await lookCommands({
    paths: Object.keys(files),
    read: (path) => Promise.resolve(files[path]),
  })).map((one) => `${one.id}: ${one.text} (${one.source})`);

Deno.test("commands come from the files at the top, each with the one that says so", async () => {
  const script = '{"scripts":{"build":"x"}}';
  const cases: [Record<string, string>, string[]][] = [
    [{ "notes.md": "" }, []],
    [{ "package.json": "{}" }, []],
    [{ "package.json": script }, ["build_command: npm run build (package.json)"]],
    [{ "package.json": script, "yarn.lock": "" }, [
      "build_command: yarn run build (package.json)",
    ]],
    [{ "package.json": script, "bun.lockb": "" }, ["build_command: bun run build (package.json)"]],
    [{ "package.json": '{"scripts":{"build":"x","test":"y"}}', "yarn.lock": "", "bun.lockb": "" }, [
      "test_command: yarn test (package.json)",
      "build_command: yarn run build (package.json)",
    ]],
    [{ "deno.jsonc": '{"tasks": {"build": "x", /* all */ "test": "y"}}' }, [
      "test_command: deno task test (deno.jsonc)",
      "build_command: deno task build (deno.jsonc)",
    ]],
    [{ "manage.py": "" }, ["test_command: python3 manage.py test (manage.py)"]],
    [{ "build.gradle.kts": "", "settings.gradle.kts": "", gradlew: "" }, [
      "build_command: ./gradlew --no-daemon -q assemble (build.gradle.kts)",
    ]],
    [{ Makefile: "all:\n\ttrue\ntest:\n\ttrue\n" }, [
      "test_command: make test (Makefile)",
      "build_command: make all (Makefile)",
    ]],
    [{ "Cargo.toml": "", "go.mod": "", "a_test.go": "" }, [
      "test_command: go test ./... (go.mod)",
      "test_command.Cargo.toml: cargo test (Cargo.toml)",
      "build_command: go build ./... (go.mod)",
      "build_command.Cargo.toml: cargo build (Cargo.toml)",
    ]],
    [{ "App.sln": "" }, ["build_command: dotnet build (App.sln)"]],
  ];
  for (const [files, expected] of cases) {
    assertEquals(await commands(files), expected, Object.keys(files).join(" "));
  }
});

Deno.test("a makefile made to take for ever does not", async () => {
  // A minute where each word of the line begins a target anew.
  assertEquals(await commands({ Makefile: "check ".repeat(43_000) }), []);
});
