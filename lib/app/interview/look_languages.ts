import type { Fact } from "../../engine/interview/events.ts";
import { lookManifest } from "./look_manifest.ts";
import type { LookedPaths } from "./look_paths.ts";

const LANGUAGES: Readonly<Record<string, string>> = {
  TypeScript: "ts tsx mts cts",
  JavaScript: "js jsx mjs cjs",
  Python: "py pyi ipynb",
  Go: "go",
  Rust: "rs",
  Java: "java",
  Kotlin: "kt kts",
  Scala: "scala sc",
  "C#": "cs",
  "F#": "fs",
  C: "c",
  "C/C++ headers": "h hpp hh",
  "C++": "cpp cc cxx",
  Swift: "swift",
  "Objective-C": "m mm",
  Ruby: "rb",
  PHP: "php",
  Elixir: "ex exs",
  Erlang: "erl hrl",
  Haskell: "hs",
  OCaml: "ml mli",
  Clojure: "clj cljs cljc",
  Dart: "dart",
  Lua: "lua",
  Perl: "pl pm",
  R: "r",
  Julia: "jl",
  Zig: "zig",
  Nim: "nim",
  Groovy: "groovy",
  Shell: "sh bash zsh fish",
  PowerShell: "ps1",
  SQL: "sql",
  Vue: "vue",
  Svelte: "svelte",
  HTML: "html htm",
  CSS: "css scss less",
  Terraform: "tf",
  Solidity: "sol",
  Protobuf: "proto",
};

const BY_ENDING: ReadonlyMap<string, string> = new Map(
  Object.entries(LANGUAGES).flatMap(([language, endings]) =>
    endings.split(" ").map((ending) => [`.${ending}`, language] as const)
  ),
);

/** Not the project's own words, also where git holds them; {@link lookPaths} left the rest out. */
const FOREIGN = /(?:^|\/)(?:vendor|third_party|bower_components|dist|target)\/|\.min\.(?:js|css)$/;

/** Languages that are told. */
const MOST = 3;

interface Counted {
  files: number;
  /** The one nearest to the top. */
  first: string;
  depth: number;
}

/** What the project is written in, by the number of its files; where it has none, by a manifest. */
export function lookLanguages({ paths, whole }: LookedPaths): Fact[] {
  const counted = count(paths);
  const sorted = [...counted].sort(([, a], [, b]) => b.files - a.files);
  const [top] = sorted;
  if (top) {
    const text = sorted.slice(0, MOST).map(([language, { files }]) =>
      `${language} (${files.toLocaleString("en-US")} ${files === 1 ? "file" : "files"}${
        whole ? "" : " seen"
      })`
    ).join(", ");
    return [{ id: "language", topic: "language", text, source: top[1].first }];
  }
  for (const path of paths) {
    const language = lookManifest(path)?.language;
    if (language) return [{ id: "language", topic: "language", text: language, source: path }];
  }
  return [];
}

function count(paths: readonly string[]): Map<string, Counted> {
  const counted = new Map<string, Counted>();
  for (const path of paths) {
    const language = BY_ENDING.get(path.slice(path.lastIndexOf(".")).toLowerCase());
    if (language === undefined || FOREIGN.test(path)) continue;
    const depth = depthOf(path);
    const known = counted.get(language);
    if (!known) counted.set(language, { files: 1, first: path, depth });
    else {
      known.files++;
      if (depth < known.depth) Object.assign(known, { first: path, depth });
    }
  }
  return counted;
}

/** Folders above a file; counted without a piece of memory for each of 50,000 paths. */
function depthOf(path: string): number {
  let depth = 0;
  for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) depth++;
  return depth;
}
