import type { Ecosystem } from "./trouble_rows.ts";

/** Looks into the checkout of a check: paths relative to the project's root. */
export interface ProjectFiles {
  /** Absolute path of the project's root. */
  readonly root: string;
  has(path: string): Promise<boolean>;
  /** Undefined where there is no such file. */
  text(path: string): Promise<string | undefined>;
}

/**
 * Whether something that was not found is a part of the project, which the work has to make, and
 * not a tool or a library that this machine lacks. The first is an honest "no" of a check; taken
 * for the second, it would keep an agent from being started at all.
 */
export async function isProjectPart(
  ecosystem: Ecosystem,
  name: string,
  files: ProjectFiles,
): Promise<boolean> {
  switch (ecosystem) {
    case "shell":
      return name.includes("/") && belongsBelow(files.root, name);
    case "node":
      return await isNodePart(name, files);
    case "node_tool":
      return !await declaresTool(name, files);
    case "python":
      return await isPythonPart(name, files);
    case "go": {
      const own = /^module\s+"?(\S+?)"?\s*$/m.exec(await files.text("go.mod") ?? "")?.[1];
      return own !== undefined && (name === own || name.startsWith(`${own}/`));
    }
    case "rust":
      return await files.has(`${name}/Cargo.toml`) || await files.has(`crates/${name}/Cargo.toml`);
    case "java":
      return await isJavaPart(name, files);
    case "ruby":
      return name.includes("/") && belongsBelow(files.root, name) ||
        !await declared(name, ["Gemfile", "Gemfile.lock"], files) && !PUBLIC_GEMS.has(name);
    case "network":
      return isOwnServer(name);
    case "machine":
      return false;
  }
}

/** A relative path, or an absolute one below the root. */
function belongsBelow(root: string, path: string): boolean {
  const plain = path.replace(/^file:\/\//, "");
  return !plain.startsWith("/") || plain === root || plain.startsWith(`${root}/`);
}

async function isNodePart(name: string, files: ProjectFiles): Promise<boolean> {
  if (/^\.{1,2}(?:\/|$)/.test(name)) return true;
  if (/^(?:\/|file:)/.test(name)) return belongsBelow(files.root, name);
  // Import maps and the aliases that bundlers are set up with.
  if (/^(?:#|@\/|~\/?|\$lib\b|src\/)/.test(name)) return true;
  try {
    const own: unknown = JSON.parse(await files.text("package.json") ?? "{}")?.name;
    return typeof own === "string" && (name === own || name.startsWith(`${own}/`));
  } catch {
    return false;
  }
}

/** Commands whose package is called otherwise. */
const NODE_PACKAGES: Readonly<Record<string, string>> = {
  tsc: "typescript",
  ng: "@angular/cli",
  biome: "@biomejs/biome",
  playwright: "@playwright/test",
};

/** Where package.json does not name it, the work may have to, and the preparation then installs it. */
async function declaresTool(name: string, files: ProjectFiles): Promise<boolean> {
  try {
    const own = JSON.parse(await files.text("package.json") ?? "{}");
    const declared = { ...own?.dependencies, ...own?.devDependencies };
    return name in declared || (NODE_PACKAGES[name] ?? name) in declared;
  } catch {
    return false;
  }
}

/** Import names whose distribution is called otherwise. */
const PYTHON_DISTRIBUTIONS: Readonly<Record<string, string>> = {
  yaml: "pyyaml",
  bs4: "beautifulsoup4",
  PIL: "pillow",
  sklearn: "scikit-learn",
  cv2: "opencv",
  dotenv: "python-dotenv",
  dateutil: "python-dateutil",
  jwt: "pyjwt",
  attr: "attrs",
  psycopg2: "psycopg2",
  google: "google",
};

/** Libraries that tests use without a word in any manifest. */
const PUBLIC_PYTHON = new Set(
  ("pytest pytest_cov pytest_asyncio hypothesis nose nose2 tox nox mypy ruff flake8 pylint black isort " +
    "coverage numpy pandas scipy matplotlib requests httpx aiohttp flask django fastapi starlette " +
    "uvicorn pydantic sqlalchemy click typer rich jinja2 boto3 redis psycopg psycopg2 pymysql " +
    "selenium playwright torch tensorflow setuptools pip wheel build poetry uv pkg_resources " +
    "distutils six mock responses freezegun tqdm lxml cryptography pexpect yaml bs4 PIL sklearn cv2")
    .split(" "),
);

const PUBLIC_GEMS = new Set(["rspec", "minitest", "rake", "bundler", "cucumber", "rspec/core"]);

const PYTHON_MANIFESTS = [
  "pyproject.toml",
  "requirements.txt",
  "requirements-dev.txt",
  "requirements/dev.txt",
  "requirements/test.txt",
  "dev-requirements.txt",
  "test-requirements.txt",
  "setup.py",
  "setup.cfg",
  "Pipfile",
  "tox.ini",
  "environment.yml",
];

async function isPythonPart(name: string, files: ProjectFiles): Promise<boolean> {
  const top = name.split(".")[0]!;
  for (const folder of ["", "src/", "lib/"]) {
    if (await files.has(`${folder}${top}`) || await files.has(`${folder}${top}.py`)) return true;
  }
  if (PUBLIC_PYTHON.has(top)) return false;
  // A project's own name stands in its manifest too.
  const own = /^name\s*=\s*["']([\w.-]+)["']/m.exec(await files.text("pyproject.toml") ?? "")?.[1];
  if (own && alike(own) === alike(top)) return true;
  return !await declared(PYTHON_DISTRIBUTIONS[top] ?? top, PYTHON_MANIFESTS, files);
}

/** Packages that no project of its own is in. */
const PUBLIC_JAVA =
  /^(?:org[./](?:junit|testng|hamcrest|mockito|assertj|apache|springframework|slf4j|hibernate|gradle|opentest4j)|junit|com[./](?:google|fasterxml|mysql|zaxxer|h2database)|io[./](?:netty|micrometer|rest-?assured|cucumber|projectreactor|quarkus)|jakarta|javax|kotlin|scala|groovy|lombok|reactor|okhttp3|retrofit2|net[./]bytebuddy|ch[./]qos|reactor|liquibase)\b/;

async function isJavaPart(name: string, files: ProjectFiles): Promise<boolean> {
  // "group:artifact" is what a build downloads.
  if (name.includes(":")) return false;
  if (!PUBLIC_JAVA.test(name)) return true;
  const folder = name.split(/[./]/).slice(0, 2).join("/");
  for (const source of ["src/main/java", "src/main/kotlin", "src"]) {
    if (await files.has(`${source}/${folder}`)) return true;
  }
  return false;
}

async function declared(
  name: string,
  manifests: readonly string[],
  files: ProjectFiles,
): Promise<boolean> {
  const word = new RegExp(`(?<![\\w-])${RegExp.escape(alike(name))}(?![\\w-])`);
  for (const manifest of manifests) {
    const text = await files.text(manifest);
    if (text !== undefined && word.test(alike(text))) return true;
  }
  return false;
}

function alike(name: string): string {
  return name.toLowerCase().replaceAll("_", "-");
}

/** Ports at which databases, caches and queues listen: nobody's work is to write one of those. */
const SERVICE_PORTS = new Set(
  [1433, 1521, 2181, 2375, 2376, 3306, 4222, 5432, 5433, 5672, 6379, 6380, 7687, 8086, 8529, 9042]
    .concat([9092, 9200, 9300, 11211, 15672, 26379, 27017, 27018, 50051]),
);

/**
 * An address on this machine at a port of no well-known service: most likely the server that the
 * work is to write, so that nobody listens is the check's answer.
 */
function isOwnServer(address: string): boolean {
  const match = /^(?:127\.\d+\.\d+\.\d+|localhost|\[?::1\]?|0\.0\.0\.0):(\d+)$/.exec(address);
  return match !== null && !SERVICE_PORTS.has(Number(match[1]));
}
