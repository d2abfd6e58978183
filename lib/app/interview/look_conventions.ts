import type { ProjectListing } from "../../checks/detect.ts";
import type { Fact } from "../../engine/interview/events.ts";
import { jsonObject } from "./look_documents.ts";
import { lookList } from "./look_line.ts";

interface Convention {
  id: string;
  label: string;
  /** Paths that show it. */
  files: RegExp;
  /** Manifests that may hold it, and how that is seen. */
  within?: readonly (readonly [path: string, holds: (text: string) => boolean])[];
}

const hasKey = (key: string) => (text: string) => Object.hasOwn(jsonObject(text) ?? {}, key);
const hasTable = (names: string) => (text: string) =>
  new RegExp(`^\\[tool\\.(?:${names})(?:\\.|\\])`, "m").test(text);

const CONVENTIONS: readonly Convention[] = [
  {
    id: "format",
    label: "Formatter",
    files:
      /^(?:\.prettierrc(?:\.\w+)?|prettier\.config\.\w+|biome\.jsonc?|dprint\.json|\.?rustfmt\.toml|\.clang-format|\.scalafmt\.conf|\.swiftformat|\.formatter\.exs|\.editorconfig)$/,
    within: [
      ["package.json", hasKey("prettier")],
      ["deno.json", hasKey("fmt")],
      ["deno.jsonc", hasKey("fmt")],
      ["pyproject.toml", hasTable("black|yapf|ruff\\.format")],
    ],
  },
  {
    id: "lint",
    label: "Linter and types",
    files:
      /^(?:eslint\.config\.\w+|\.eslintrc(?:\.\w+)?|biome\.jsonc?|\.golangci\.\w+|\.?clippy\.toml|\.pylintrc|\.?ruff\.toml|\.flake8|mypy\.ini|\.mypy\.ini|pyrightconfig\.json|\.rubocop\.yml|\.stylelintrc(?:\.\w+)?|\.shellcheckrc|\.credo\.exs|phpstan\.neon(?:\.dist)?|\.clang-tidy|checkstyle\.xml|detekt\.yml|tsconfig\.json)$/,
    within: [
      ["package.json", hasKey("eslintConfig")],
      ["deno.json", hasKey("lint")],
      ["deno.jsonc", hasKey("lint")],
      ["pyproject.toml", hasTable("ruff|mypy|pylint|pyright|flake8")],
    ],
  },
  {
    id: "hooks",
    label: "Commit hooks",
    files:
      /^(?:\.pre-commit-config\.yaml|\.?lefthook\.ya?ml|\.husky\/[\w-]+|\.?commitlint\.config\.\w+|\.commitlintrc(?:\.\w+)?)$/,
  },
  {
    id: "ci",
    label: "CI",
    files:
      /^(?:\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.yml|\.circleci\/config\.yml|Jenkinsfile|azure-pipelines\.yml|\.travis\.yml|bitbucket-pipelines\.yml|\.buildkite\/pipeline\.yml|\.drone\.yml|\.woodpecker\.ya?ml|\.cirrus\.yml|appveyor\.yml)$/,
  },
  {
    id: "guides",
    label: "Rules for contributors and agents",
    files:
      /^(?:(?:docs\/|\.github\/)?CONTRIBUTING(?:\.\w+)?|AGENTS\.md|CLAUDE\.md|GEMINI\.md|\.cursorrules|\.cursor\/rules\/[^/]+|\.github\/copilot-instructions\.md|CODE_OF_CONDUCT\.md|STYLE\.md)$/i,
  },
];

/** What the project holds itself to: one fact for each sort of rule, with the files that say so. */
export async function lookConventions(listing: ProjectListing): Promise<Fact[]> {
  const facts: Fact[] = [];
  for (const { id, label, files, within = [] } of CONVENTIONS) {
    const found = listing.paths.filter((path) => files.test(path));
    for (const [path, holds] of within) {
      if (!listing.paths.includes(path)) continue;
      const text = await listing.read(path);
      if (text !== undefined && holds(text)) found.push(path);
    }
    const [source] = found;
    if (source === undefined) continue;
    const text = `${label}: ${lookList(found, 4)}`;
    facts.push({ id: `convention.${id}`, topic: "convention", text, source });
  }
  return [...facts, ...await licence(listing)];
}

/** Words by which a licence is known; the first that fits. */
const LICENCES: readonly (readonly [name: string, words: RegExp])[] = [
  ["AGPL", /GNU AFFERO GENERAL PUBLIC LICENSE/i],
  ["LGPL", /GNU LESSER GENERAL PUBLIC LICENSE/i],
  ["GPL", /GNU GENERAL PUBLIC LICENSE/i],
  ["Apache-2.0", /Apache License Version 2\.0/i],
  ["MPL-2.0", /Mozilla Public License,? (?:version |v\. ?)?2\.0/i],
  ["MIT", /Permission is hereby granted, free of charge, to any person obtaining a copy/i],
  ["ISC", /Permission to use, copy, modify, and\/or distribute this software/i],
  ["BSD", /Redistribution and use in source and binary forms/i],
  ["Unlicense", /This is free and unencumbered software/i],
];

async function licence({ paths, read }: ProjectListing): Promise<Fact[]> {
  const source = paths.find((path) =>
    /^(?:LICEN[SC]E|COPYING|UNLICENSE)(?:[.-][\w.-]+)?$/i.test(path)
  );
  if (source === undefined) return [];
  const text = (await read(source) ?? "").replace(/\s+/g, " ");
  const name = LICENCES.find(([, words]) => words.test(text))?.[0];
  return [{
    id: "convention.licence",
    topic: "convention",
    text: `Licence: ${name ?? "not one of the well-known"} (${source})`,
    source,
  }];
}
