import { assertEquals } from "@std/assert";
import { lookConventions } from "../../../../lib/app/interview/look_conventions.ts";

const conventions = async (files: Readonly<Record<string, string>>) =>
  (await lookConventions({
    paths: Object.keys(files),
    read: (path) => Promise.resolve(files[path]),
  })).map((one) => one.text);

Deno.test("rules are seen in files of their own and in manifests", async () => {
  assertEquals(
    await conventions({
      "pyproject.toml": "[tool.ruff]\n[tool.black]\n",
      "deno.jsonc": '{"lint": {}, // own\n}',
      ".editorconfig": "",
      ".pre-commit-config.yaml": "",
      "sub/.prettierrc": "",
      ".cursor/rules/a.mdc": "",
    }),
    [
      "Formatter: .editorconfig, pyproject.toml",
      "Linter and types: deno.jsonc, pyproject.toml",
      "Commit hooks: .pre-commit-config.yaml",
      "Rules for contributors and agents: .cursor/rules/a.mdc",
    ],
  );
  assertEquals(await conventions({ "package.json": "{}", "pyproject.toml": "[tool.poetry]" }), []);
});

Deno.test("many files of one sort are counted", async () => {
  const names = ["a", "b", "c", "d", "e", "f"].map((name) => `.github/workflows/${name}.yml`);
  const [text] = await conventions(Object.fromEntries(names.map((name) => [name, ""])));
  assertEquals(text, `CI: ${names.slice(0, 4).join(", ")} and 2 more`);
});

Deno.test("a licence is known by its words, whatever its lines are", async () => {
  const words: [string, string][] = [
    ["Apache License\n   Version 2.0, January 2004", "Apache-2.0"],
    ["GNU AFFERO GENERAL PUBLIC LICENSE", "AGPL"],
    ["GNU GENERAL PUBLIC LICENSE", "GPL"],
    ["Redistribution and use in source and\nbinary forms", "BSD"],
    ["All rights reserved", "not one of the well-known"],
  ];
  for (const [text, name] of words) {
    assertEquals(await conventions({ "LICENSE.txt": text }), [`Licence: ${name} (LICENSE.txt)`]);
  }
});
