/** A listing of a project and a way to read it. */
export interface ProjectListing {
  /** Paths relative to the project's root. */
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
    ],
    suggest: python,
  },
  {
    name: "Go",
    markers: ["go.mod"],
    suggest: () => some({ check: "go test ./...", protect: ["**/*_test.go"], carry: [] }),
  },
  {
    name: "Rust",
    markers: ["Cargo.toml"],
    suggest: () => some({ check: "cargo test", protect: ["tests/**"], carry: [] }),
  },
  {
    name: "Java (Maven)",
    markers: ["pom.xml"],
    suggest: ({ paths }) =>
      some({
        check: `${paths.includes("mvnw") ? "./mvnw" : "mvn"} -q -B test`,
        protect: ["src/test/**"],
        carry: [],
      }),
  },
  {
    name: "Java (Gradle)",
    markers: ["build.gradle", "build.gradle.kts"],
    suggest: ({ paths }) =>
      some({
        check: `${paths.includes("gradlew") ? "./gradlew" : "gradle"} test`,
        protect: ["src/test/**"],
        carry: [],
      }),
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

async function deno({ paths, read }: ProjectListing) {
  const config = await read(paths.includes("deno.json") ? "deno.json" : "deno.jsonc") ?? "";
  const task = /"test"\s*:\s*["{]/.test(config);
  return { check: task ? "deno task test" : "deno test", protect: ["**/*_test.*"], carry: [] };
}

/** What `npm init` writes when nobody says otherwise: it always fails. */
const NPM_PLACEHOLDER = /no test specified/;

async function node({ paths, read }: ProjectListing) {
  const script = testScript(await read("package.json"));
  if (script === undefined || NPM_PLACEHOLDER.test(script)) return undefined;
  const [tool, lock, install] = paths.includes("pnpm-lock.yaml")
    ? ["pnpm", "pnpm-lock.yaml", "pnpm install --frozen-lockfile --offline"]
    : paths.includes("yarn.lock")
    ? ["yarn", "yarn.lock", "yarn install --frozen-lockfile --offline"]
    : paths.includes("bun.lock") || paths.includes("bun.lockb")
    ? ["bun run", "bun.lock*", "bun install --frozen-lockfile"]
    : ["npm", "package-lock.json", "npm ci --prefer-offline --no-audit --no-fund"];
  const locked = lock === "bun.lock*" || paths.includes(lock!);
  return {
    check: `${tool} test`,
    protect: ["**/*.test.*", "**/*.spec.*", "test/**", "tests/**", "**/__tests__/**"],
    carry: ["node_modules"],
    ...(locked ? { prepare: { run: install!, when: ["package.json", lock!] } } : {}),
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

async function python({ paths, read }: ProjectListing) {
  const tests = paths.filter((path) => /(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/.test(path));
  const settings = (await Promise.all(
    ["pyproject.toml", "setup.cfg", "tox.ini", "requirements.txt", "requirements-dev.txt"]
      .filter((path) => paths.includes(path)).map(read),
  )).join("\n");
  const pytest = paths.includes("pytest.ini") || /\bpytest\b/.test(settings) ||
    paths.some((path) => /(?:^|\/)conftest\.py$/.test(path));
  if (!pytest && tests.length === 0) return undefined;
  return {
    check: pytest ? "python3 -m pytest -q" : "python3 -m unittest discover",
    protect: ["tests/**", "**/test_*.py", "**/*_test.py", "**/conftest.py"],
    carry: [],
  };
}

async function make({ paths, read }: ProjectListing) {
  const file = ["GNUmakefile", "makefile", "Makefile"].find((name) => paths.includes(name));
  const text = file && await read(file) || "";
  const target = ["check", "test"].find((name) => new RegExp(`^${name}\\s*:(?!=)`, "m").test(text));
  return target ? { check: `make ${target}`, protect: [], carry: [] } : undefined;
}
