import { join } from "@std/path";
import { sha256 } from "../kernel/digest.ts";

/**
 * Files in the home folder that change how a project's commands run, without a word in the project:
 * settings of package managers, compilers and runners, and what tools that look in the folders above
 * find there, as a run's checkouts lie below it. A folder stands for the names in it.
 */
export const TOOLCHAIN_FILES: readonly string[] = [
  // JavaScript
  ".npmrc",
  ".yarnrc",
  ".yarnrc.yml",
  ".config/pnpm/rc",
  ".config/yarn/global/package.json",
  ".bunfig.toml",
  ".node_modules",
  ".node_libraries",
  "node_modules",
  "package.json",
  "tsconfig.json",
  "deno.json",
  "deno.jsonc",
  "babel.config.js",
  ".babelrc",
  "jest.config.js",
  ".mocharc.json",
  ".eslintrc",
  ".eslintrc.js",
  ".eslintrc.json",
  ".prettierrc",
  // Python
  ".config/pip/pip.conf",
  ".pip/pip.conf",
  ".pydistutils.cfg",
  ".config/uv/uv.toml",
  ".config/ruff/ruff.toml",
  ".config/mypy/config",
  ".mypy.ini",
  ".condarc",
  ".local/lib",
  "conftest.py",
  "pytest.ini",
  "pyproject.toml",
  "setup.cfg",
  "tox.ini",
  // Rust
  ".cargo/config",
  ".cargo/config.toml",
  ".rustup/settings.toml",
  ".config/nextest/config.toml",
  "Cargo.toml",
  "rust-toolchain.toml",
  // Go
  ".config/go/env",
  "go.mod",
  "go.work",
  // Java
  ".m2/settings.xml",
  ".m2/toolchains.xml",
  ".mavenrc",
  ".gradle/gradle.properties",
  ".gradle/init.gradle",
  ".gradle/init.gradle.kts",
  ".gradle/init.d",
  // Ruby, PHP, .NET
  ".gemrc",
  ".rspec",
  ".bundle/config",
  ".config/composer/config.json",
  ".nuget/NuGet/NuGet.Config",
  // C
  ".config/ccache/ccache.conf",
  ".ccache/ccache.conf",
  ".conan2/profiles",
  // All of them
  ".gitconfig",
  ".config/git/config",
  ".tool-versions",
  ".config/mise/config.toml",
  ".asdfrc",
  // Programs that are found by their names
  "bin",
  ".local/bin",
  ".cargo/bin",
  ".deno/bin",
  ".bun/bin",
  "go/bin",
];

/** Folders that a variable of the user moves. */
const MOVED: Readonly<Record<string, string>> = {
  ".cargo": "CARGO_HOME",
  ".rustup": "RUSTUP_HOME",
  ".gradle": "GRADLE_USER_HOME",
};

/** A larger file is known by its size and time. */
const READ_BYTES = 256 * 1024;
/** Names of a folder that are looked at. */
const MOST_NAMES = 500;

/** What is there of the toolchains' files: a word for each that says whether it is the same. */
export type ToolchainFiles = Readonly<Record<string, string>>;

/** Where the toolchains' files lie. */
export interface ToolchainPlace {
  home: string;
  /** Values of those of `TOOLCHAIN_ENV_NAMES` that are set. */
  toolchains: Readonly<Record<string, string>>;
  /** Programs that replace themselves: agents, and we. */
  spare: readonly string[];
}

/** Looks at the toolchains' files; what cannot be read is known as that. */
export async function toolchainFiles(place: ToolchainPlace): Promise<ToolchainFiles> {
  if (place.home === "") return {};
  const found: Record<string, string> = {};
  await Promise.all(TOOLCHAIN_FILES.map(async (name) => {
    const word = await wordOf(pathOf(name, place), place.spare);
    if (word !== undefined) found[name] = word;
  }));
  return found;
}

/** Names of those that came, went or changed between two looks. */
export function changedToolchainFiles(before: ToolchainFiles, after: ToolchainFiles): string[] {
  return TOOLCHAIN_FILES.filter((name) => before[name] !== after[name]);
}

function pathOf(name: string, { home, toolchains }: ToolchainPlace): string {
  const [folder = ""] = name.split("/");
  const moved = toolchains[MOVED[folder] ?? ""];
  return moved === undefined ? join(home, name) : join(moved, name.slice(folder.length));
}

async function wordOf(path: string, spare: readonly string[]): Promise<string | undefined> {
  try {
    // Through links: many keep these files elsewhere.
    const info = await Deno.stat(path);
    if (info.isDirectory) {
      const names = path.endsWith("/.local/lib") ? await startFiles(path) : await namesIn(path);
      const kept = names.filter((name) => !spare.includes(name));
      const words = await Promise.all(kept.map(async (name) => {
        return `${name} ${await sizeAndTime(join(path, name))}`;
      }));
      return sha256(words.join("\n"));
    }
    return info.isFile && info.size <= READ_BYTES
      ? sha256(await Deno.readFile(path))
      : await sizeAndTime(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return undefined;
    }
    // A folder without permission, a link to itself: the same as long as it stays so.
    return error instanceof Error ? error.name : "unreadable";
  }
}

async function sizeAndTime(path: string): Promise<string> {
  // A link to nothing is there, too.
  const info = await Deno.stat(path).catch(() => undefined);
  if (info === undefined) return "nothing";
  // Its own time moves with every cache in it.
  if (!info.isFile) return "folder";
  return `${info.size} bytes, ${info.mtime?.toISOString() ?? "no time"}`;
}

async function namesIn(path: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(path)) names.push(name);
  return names.sort().slice(0, MOST_NAMES);
}

/** What each Python loads by itself of the user's own packages. */
async function startFiles(lib: string): Promise<string[]> {
  const found: string[] = [];
  for (const version of await namesIn(lib)) {
    if (!/^python\d/.test(version)) continue;
    // A Python without packages of the user's has no such folder.
    const names = await namesIn(join(lib, version, "site-packages")).catch(() => []);
    const own = names.filter((name) => /\.pth$|^(?:user|site)customize\.py$/.test(name));
    found.push(...own.map((name) => `${version}/site-packages/${name}`));
  }
  return found;
}
