import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { lookAtProject } from "../../../../lib/app/interview/look_at_project.ts";
import { systemClock } from "../../../../lib/system/system_clock.ts";
import { type GitProject, gitProject, writeFiles } from "../../../helpers/git_project.ts";
import { plainGit } from "../../../helpers/git_runner.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

const appAt = (home: string) => ({
  git: plainGit(home),
  clock: systemClock,
  redact: (text: string) => text.replaceAll("hunter2", "[redacted]"),
});
const look = (project: GitProject, folder = project.dir) =>
  lookAtProject(appAt(project.home), folder);

/** What the program opened and listed while `act` ran; everything is done as it always is. */
async function watched<T>(act: () => Promise<T>) {
  const { open, readDir } = Deno;
  const opened: string[] = [];
  const listed: string[] = [];
  Deno.open = (path, options) => {
    opened.push(String(path));
    return open(path, options);
  };
  Deno.readDir = (path) => {
    listed.push(String(path));
    return readDir(path);
  };
  try {
    return { result: await act(), opened, listed };
  } finally {
    Object.assign(Deno, { open, readDir });
  }
}

Deno.test("a project is told in lines, each with the file that says so", async () => {
  await using project = await gitProject({
    files: {
      "package.json": JSON.stringify({
        name: "shop",
        description: "Sells things",
        bin: { shop: "./src/cli.ts" },
        scripts: { test: "node --test", build: "tsc" },
        prettier: {},
      }),
      "pnpm-lock.yaml": "",
      "src/cli.ts": "",
      "src/cart.ts": "",
      "scripts/release.sh": "",
      "packages/api/package.json": "{}",
      ".github/workflows/ci.yml": "",
      "eslint.config.js": "",
      "AGENTS.md": "",
      "CONTRIBUTING.md": "",
      LICENSE: "MIT License\n\nPermission is hereby granted, free of charge, to any\nperson " +
        "obtaining a copy",
    },
  });
  await project.write({ "src/new.ts": "" });
  const { brownfield, facts } = await look(project);
  assertEquals(brownfield, true);
  assertEquals(facts.map(({ id, text, source }) => `${id} | ${text} | ${source}`), [
    "language | TypeScript (3 files), JavaScript (1 file), Shell (1 file) | src/cart.ts",
    'manifest.package.json | package.json: Node "shop", Sells things | package.json',
    "manifest.parts | 1 in folders near the top: packages/api/package.json | packages/api/package.json",
    "entry_point.src/cli.ts | src/cli.ts (bin of package.json) | package.json",
    "test_command | pnpm test | package.json",
    "build_command | pnpm run build | package.json",
    'git | branch "main", 1 file not committed, last commit just now | .git',
    "convention.format | Formatter: package.json | package.json",
    "convention.lint | Linter and types: eslint.config.js | eslint.config.js",
    "convention.ci | CI: .github/workflows/ci.yml | .github/workflows/ci.yml",
    "convention.guides | Rules for contributors and agents: AGENTS.md, CONTRIBUTING.md | AGENTS.md",
    "convention.licence | Licence: MIT (LICENSE) | LICENSE",
  ]);
});

Deno.test("of 20,000 files that git knows no folder is listed and a handful is read", async () => {
  await using project = await gitProject({ files: { "go.mod": "module example.com/big\n" } });
  const blob = (await project.sh("echo x | git hash-object -w --stdin")).trim();
  await project.sh(
    `seq 1 20000 | awk '{printf "100644 ${blob}\\tsrc/d%d/f%d_test.go\\n", $1 % 200, $1}' ` +
      "| git update-index --index-info",
  );
  const { result, opened, listed } = await watched(() => look(project));
  assertEquals(listed, []);
  assertEquals(opened, [join(project.dir, "go.mod")]);
  const texts = Object.fromEntries(result.facts.map((one) => [one.id, one.text]));
  assertEquals(texts.language, "Go (20,000 files)");
  assertEquals(texts.test_command, "go test ./...");
  assertStringIncludes(texts.git!, "20,000 files not committed");
});

Deno.test("a project that holds everything is told in twenty facts, no id twice", async () => {
  const names =
    "deno.json package.json pyproject.toml go.mod Cargo.toml pom.xml Makefile main.go " +
    "src/main.rs src/index.ts manage.py a_test.go test_a.py src/test/A.java .prettierrc .flake8 " +
    ".husky/pre-push .travis.yml CLAUDE.md LICENSE parts/one/go.mod";
  const files = Object.fromEntries(names.split(" ").map((name) => [name, ""]));
  await using project = await gitProject({ files: { ...files, Makefile: "build:\ntest:\n" } });
  const { facts } = await look(project);
  assert(facts.length >= 18 && facts.length <= 20, `${facts.length}`);
  assertEquals(new Set(facts.map((one) => one.id)).size, facts.length);
  assertEquals(facts.at(-1)?.id, "convention.licence");
});

Deno.test("odd files keep nothing else from being told", async () => {
  await using project = await gitProject({ git: false });
  await project.write({
    "package.json": `{"name":"${"x".repeat(10_000_000)}"}`,
    "Cargo.toml": new Uint8Array([0, 255, 254, 0]),
    "go.mod": new Uint8Array([109, 255, 254, 10]),
    "deno.json": "[]",
    "pyproject.toml": '[project]\nname = "\n[tool.ruff',
    "app.py": "",
  });
  await Deno.symlink(".", join(project.dir, "loop"));
  await Deno.symlink("missing", join(project.dir, "setup.py"));
  await project.sh(
    "mkdir composer.json && mkfifo Makefile && printf x > \"$(printf 'caf\\351.py')\"",
  );
  const { brownfield, facts } = await look(project);
  assertEquals(brownfield, true);
  const texts = facts.map((one) => one.text);
  assertStringIncludes(texts.join("\n"), "package.json: Node, too large or not a text");
  assert(texts.some((text) => text.startsWith("Python (")), texts.join("\n"));
  assertFalse(facts.some((one) => one.topic === "git"));
});

Deno.test("a repository with names that are no UTF-8 is told", async () => {
  await using project = await gitProject({ files: { "a.py": "" } });
  await project.sh("printf x > \"$(printf 'caf\\351.py')\" && git add -A");
  const { facts } = await look(project);
  assertEquals(facts[0]?.text, "Python (2 files)");
  assertStringIncludes(facts.find((one) => one.id === "git")!.text, "1 file not committed");
});

Deno.test("secrets are not opened, neither by their names nor through links", async () => {
  await using project = await gitProject({
    files: { ".env": "TOKEN=hunter2", ".env.local": "TOKEN=hunter2", "main.py": "" },
  });
  await writeFiles(project.top, { "private.json": '{"name":"other"}' });
  await Deno.symlink(".env", join(project.dir, "pyproject.toml"));
  await Deno.symlink("../private.json", join(project.dir, "package.json"));
  await project.write({ "go.mod": "module hunter2\n" });
  const { result, opened } = await watched(() => look(project));
  assertEquals(opened, [join(project.dir, "go.mod")]);
  const told = JSON.stringify(result);
  assertFalse(told.includes("hunter2") || told.includes("other"), told);
  assertStringIncludes(told, "[redacted]");
});

Deno.test("what a project says of itself is one short line without control characters", async () => {
  await using project = await gitProject({
    files: {
      "package.json": JSON.stringify({
        name: "a\u001b[31mred\u0007\n## IDEA\u202e",
        description: "long ".repeat(500),
        main: "\u001b]0;title\u0007x.js",
      }),
    },
  });
  await project.git(["checkout", "-q", "-b", "feature/\u202eevil"]);
  for (const { id, text } of (await look(project)).facts) {
    assert(text.length <= 200, text);
    // deno-lint-ignore no-control-regex -- that there are none is what is looked for
    assertFalse(/[\x00-\x1f\x7f-\x9f\u202e]/.test(text + id), JSON.stringify(text));
  }
});

Deno.test("a project exists already when it holds work, not when it only has a beginning", async () => {
  const cases: [boolean, Record<string, string>, boolean | "empty"][] = [
    [false, {}, false],
    [false, { "idea.md": "a shop" }, false],
    [true, { "a.py": "" }, false],
    [true, { Makefile: "" }, false],
    [false, {}, "empty"],
    [false, { "notes.md": "" }, "empty"],
    [true, { "src/a.c": "" }, "empty"],
    [false, {}, true],
    [false, { "README.md": "", LICENSE: "", ".gitignore": "" }, true],
    [true, { "README.md": "", "chapters/one.md": "" }, true],
  ];
  for (const [expected, files, git] of cases) {
    await using project = await gitProject({ files, git });
    const { brownfield } = await look(project);
    assertEquals(brownfield, expected, JSON.stringify([files, git]));
  }
});

Deno.test("a folder of a repository is told by itself, also one that git ignores", async () => {
  await using project = await gitProject({
    files: { "api/go.mod": "module api\n", "web/index.ts": "", ".gitignore": "scratch/\n" },
  });
  await project.write({ "scratch/try.rb": "", "web/new.ts": "" });
  const language = async (folder: string) =>
    (await look(project, join(project.dir, folder))).facts.map((one) => one.text);
  assertEquals((await language("api")).slice(0, 2), ["Go", 'go.mod: Go "api"']);
  const web = await language("web");
  assertEquals(web[0], "TypeScript (2 files)");
  assertStringIncludes(web.join("\n"), "1 file not committed");
  assertEquals((await language("scratch"))[0], "Ruby (1 file)");
});

Deno.test("a folder that is not there, or is a file, is something new", async () => {
  await using dir = await tempDir();
  await Deno.writeTextFile(join(dir.path, "file"), "");
  for (const name of ["missing", "file"]) {
    const facts = await lookAtProject(appAt(dir.path), join(dir.path, name));
    assertEquals(facts, { brownfield: false, facts: [] });
  }
});

Deno.test("without git the project is told all the same", async () => {
  await using project = await gitProject({ files: { "a.py": "" } });
  const app = { ...appAt(project.home), git: () => Promise.reject(new Error("no git here")) };
  const { brownfield, facts } = await lookAtProject(app, project.dir);
  assertEquals([brownfield, facts.map((one) => one.id)], [true, ["language"]]);
});
