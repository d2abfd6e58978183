import { gradleCommand, makeTargets, mavenCommand, nodeTool } from "./project_tools.ts";

/** A listing of a project and a way to read it. */
export interface ProjectListing {
  /**
   * Paths relative to the project's root, those of folders that only tools fill (`node_modules`)
   * without what is in them.
   */
  paths: readonly string[];
  /** Text of a file of the listing. */
  read(path: string): Promise<string | undefined>;
}

/** What probably checks a kind of project. Shown as a suggestion, never used without a word. */
export interface Suggestion {
  /** "Node", "Go", … */
  kind: string;
  check: string;
  /** Globs of the files that the check runs, worth protecting where the work is not to change them. */
  protect: readonly string[];
  /** Ignored folders that the check needs. */
  carry: readonly string[];
  prepare?: { run: string; when: readonly string[] };
}

interface Kind {
  name: string;
  /** Any of these at the project's root. */
  markers: readonly string[];
  suggest(listing: ProjectListing): Promise<Omit<Suggestion, "kind"> | undefined>;
}

const KINDS: readonly Kind[] = [
  { name: "Deno", markers: ["deno.json", "deno.jsonc"], suggest: deno },
  { name: "Node", markers: ["package.json"], suggest: node },
  {
    name: "Python",
    markers: [
      "pyproject.toml",
      "setup.py",
      "setup.cfg",
      "requirements.txt",
      "pytest.ini",
      "tox.ini",
      "manage.py",
      "Pipfile",
    ],
    suggest: python,
  },
  {
    name: "Go",
    markers: ["go.mod"],
    suggest: ({ paths }) =>
      some(
        // Without tests it says yes to everything.
        paths.some((path) => path.endsWith("_test.go"))
          ? { check: "go test ./...", protect: ["**/*_test.go", "**/testdata/**"], carry: [] }
          : undefined,
      ),
  },
  { name: "Rust", markers: ["Cargo.toml"], suggest: rust },
  {
    name: "Java (Maven)",
    markers: ["pom.xml"],
    suggest: ({ paths }) =>
      some(
        hasJavaTests(paths)
          ? { check: `${mavenCommand(paths)} test`, protect: ["**/src/test/**"], carry: [] }
          : undefined,
      ),
  },
  {
    name: "Java (Gradle)",
    markers: ["build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts"],
    suggest: ({ paths }) =>
      some(
        hasJavaTests(paths)
          ? { check: `${gradleCommand(paths)} test`, protect: ["**/src/test/**"], carry: [] }
          : undefined,
      ),
  },
  { name: "Make", markers: ["Makefile", "makefile", "GNUmakefile"], suggest: make },
];

/** Suggestions for a project, one for each kind that it is, in the order of the table. */
export async function detectChecks(listing: ProjectListing): Promise<Suggestion[]> {
  const found: Suggestion[] = [];
  for (const kind of KINDS) {
    if (!kind.markers.some((marker) => listing.paths.includes(marker))) continue;
    const suggestion = await kind.suggest(listing);
    if (suggestion) found.push({ kind: kind.name, ...suggestion });
  }
  return found;
}

function some<T>(value: T): Promise<T> {
  return Promise.resolve(value);
}

function hasJavaTests(paths: readonly string[]): boolean {
  return paths.some((path) => /(?:^|\/)src\/(?:test|\w*Test)(?:\/|$)/.test(path));
}

async function deno({ paths, read }: ProjectListing) {
  const config = await read(paths.includes("deno.json") ? "deno.json" : "deno.jsonc") ?? "";
  const task = /"test"\s*:\s*["{]/.test(config);
  const tests = paths.some((path) => /(?:[._]test|(?:^|\/)test)\.[cm]?[jt]sx?$/.test(path));
  if (!task && !tests) return undefined;
  return {
    check: task ? "deno task test" : "deno test",
    protect: ["**/*_test.*", "**/*.test.*"],
    carry: [],
  };
}

/** What `npm init` writes when nobody says otherwise: it always fails. */
const NPM_PLACEHOLDER = /no test specified/;
/** Of a script that are looked at: a longer one is no command that a person typed. */
const MOST_SCRIPT_CHARS = 10_000;
/** Never come to an end, or open a browser of the user's. */
const WATCHERS =
  /--watch(?:All)?\b(?!=false)|\bng test\b(?!.*--watch=false)|\bkarma start\b(?!.*single-run)/;

async function node({ paths, read }: ProjectListing) {
  const script = testScript(await read("package.json"))?.slice(0, MOST_SCRIPT_CHARS);
  if (script === undefined || NPM_PLACEHOLDER.test(script) || WATCHERS.test(script)) {
    return undefined;
  }
  const { name, lock, install } = nodeTool(paths);
  const modules = paths.filter((path) => /(?:^|\/)node_modules$/.test(path));
  return {
    // "bun test" is bun's own runner, not the project's script.
    check: `${name === "bun" ? "bun run" : name} test`,
    protect: ["**/*.test.*", "**/*.spec.*", "test/**", "tests/**", "**/__tests__/**"],
    // A workspace of packages has more than one.
    carry: modules.length > 0 ? modules : ["node_modules"],
    ...(paths.includes(lock) ? { prepare: { run: install, when: ["package.json", lock] } } : {}),
  };
}

function testScript(text: string | undefined): string | undefined {
  try {
    const script: unknown = JSON.parse(text ?? "")?.scripts?.test;
    return typeof script === "string" && script.trim() !== "" ? script : undefined;
  } catch {
    return undefined;
  }
}

const PYTHON_TESTS = ["tests/**", "test/**", "**/test_*.py", "**/*_test.py", "**/conftest.py"];

async function python({ paths, read }: ProjectListing) {
  const tests = paths.filter((path) => /(?:^|\/)(?:test_[^/]*|[^/]*_test|tests)\.py$/.test(path));
  const settings = (await Promise.all(
    ["pyproject.toml", "setup.cfg", "tox.ini", "requirements.txt", "requirements-dev.txt"]
      .filter((path) => paths.includes(path)).map(read),
  )).join("\n");
  const pytest = paths.includes("pytest.ini") || /\bpytest\b/.test(settings) ||
    paths.some((path) => /(?:^|\/)conftest\.py$/.test(path));
  if (tests.length === 0 && !paths.includes("manage.py")) return undefined;
  const [before, prepare] = pythonTool(paths);
  const runner = pytest
    ? "-m pytest -q"
    : paths.includes("manage.py")
    ? "manage.py test"
    : unittest(paths, tests);
  if (runner === undefined) return undefined;
  return {
    check: `${before}${runner}`,
    protect: PYTHON_TESTS,
    carry: [],
    ...(prepare ? { prepare } : {}),
  };
}

/** How the project's own Python is started. A virtual environment cannot be copied. */
function pythonTool(
  paths: readonly string[],
): [before: string, prepare?: { run: string; when: readonly string[] }] {
  if (paths.includes("uv.lock")) {
    return ["uv run --frozen python ", {
      run: "uv sync --frozen",
      when: ["pyproject.toml", "uv.lock"],
    }];
  }
  if (paths.includes("poetry.lock")) {
    return ["poetry run python ", {
      run: "poetry install --no-interaction",
      when: ["pyproject.toml", "poetry.lock"],
    }];
  }
  return ["python3 "];
}

/** `discover` finds what is named so at the top, in packages, or where it is told to look. */
function unittest(paths: readonly string[], tests: readonly string[]): string | undefined {
  if (!tests.some((path) => /(?:^|\/)test[^/]*\.py$/.test(path))) return undefined;
  const folder = ["tests", "test"].find((name) =>
    tests.some((path) => path.startsWith(`${name}/`)) && !paths.includes(`${name}/__init__.py`)
  );
  return folder === undefined ? "-m unittest discover" : `-m unittest discover -s ${folder}`;
}

async function rust({ read }: ProjectListing) {
  const whole = /^\[workspace\]/m.test(await read("Cargo.toml") ?? "");
  // Tests beside the code cannot be told from it, so only those in folders of their own are named.
  return {
    check: whole ? "cargo test --workspace" : "cargo test",
    protect: whole ? ["tests/**", "**/tests/**"] : ["tests/**"],
    carry: [],
  };
}

async function make({ paths, read }: ProjectListing) {
  const file = ["GNUmakefile", "makefile", "Makefile"].find((name) => paths.includes(name));
  const text = file && await read(file) || "";
  const targets = makeTargets(text);
  const target = ["check", "test"].find((name) => targets.has(name));
  return target ? { check: `make ${target}`, protect: [file!], carry: [] } : undefined;
}
