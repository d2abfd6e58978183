/** A file that says what a project is made with. */
export interface Manifest {
  /** As {@link detectChecks} calls it, where it knows it. */
  kind: string;
  /** What such a project is written in; undefined: anything. */
  language?: string;
}

const PYTHON = { kind: "Python", language: "Python" };
const GRADLE = { kind: "Java (Gradle)", language: "Java" };
const MAKE = { kind: "Make" };

/** In the order in which they are told. */
const MANIFESTS: ReadonlyMap<string, Manifest> = new Map<string, Manifest>([
  ["deno.json", { kind: "Deno", language: "TypeScript" }],
  ["deno.jsonc", { kind: "Deno", language: "TypeScript" }],
  ["package.json", { kind: "Node", language: "JavaScript" }],
  ["pyproject.toml", PYTHON],
  ["setup.py", PYTHON],
  ["setup.cfg", PYTHON],
  ["requirements.txt", PYTHON],
  ["Pipfile", PYTHON],
  ["go.mod", { kind: "Go", language: "Go" }],
  ["Cargo.toml", { kind: "Rust", language: "Rust" }],
  ["pom.xml", { kind: "Java (Maven)", language: "Java" }],
  ["build.gradle", GRADLE],
  ["build.gradle.kts", GRADLE],
  ["settings.gradle", GRADLE],
  ["settings.gradle.kts", GRADLE],
  ["Gemfile", { kind: "Ruby", language: "Ruby" }],
  ["mix.exs", { kind: "Elixir", language: "Elixir" }],
  ["composer.json", { kind: "PHP", language: "PHP" }],
  ["Package.swift", { kind: "Swift", language: "Swift" }],
  ["pubspec.yaml", { kind: "Dart", language: "Dart" }],
  ["build.sbt", { kind: "Scala", language: "Scala" }],
  ["CMakeLists.txt", { kind: "CMake", language: "C++" }],
  ["Makefile", MAKE],
  ["makefile", MAKE],
  ["GNUmakefile", MAKE],
  ["tsconfig.json", { kind: "TypeScript", language: "TypeScript" }],
  ["pytest.ini", PYTHON],
  ["tox.ini", PYTHON],
  ["manage.py", PYTHON],
]);

const NAMES = [...MANIFESTS.keys()];
const DOTNET_ENDINGS = [".sln", ".slnx", ".csproj", ".fsproj"];
const DOTNET = { kind: ".NET", language: "C#" };

/** What a path is as a manifest; undefined: none. */
export function lookManifest(path: string): Manifest | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return MANIFESTS.get(name) ??
    (DOTNET_ENDINGS.some((one) => name.endsWith(one)) ? DOTNET : undefined);
}

/** Paths of the manifests at the project's top, in the order of the table. */
export function rootManifests(paths: readonly string[]): string[] {
  const place = (path: string) => NAMES.indexOf(path) + 1 || NAMES.length + 1;
  return paths.filter((path) => !path.includes("/") && lookManifest(path))
    .sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}
