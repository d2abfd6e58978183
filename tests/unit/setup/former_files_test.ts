import { assertEquals } from "@std/assert";
import { findFormerFiles } from "../../../lib/setup/former_files.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

const SKILL = (name: string) => `---\nname: ${name}\ndescription: x\n---\n\n# /ouroboros:${name}\n`;

async function found(
  files: Readonly<Record<string, string>>,
  paths: readonly string[],
  ours: readonly string[] = [],
) {
  await using folder = await tempDir();
  for (const [name, text] of Object.entries(files)) {
    const path = `${folder.path}/${name}`;
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(path, text);
  }
  const result = await findFormerFiles({
    home: folder.path,
    paths,
    prefix: "ouroboros-",
    isOurs: (path) => ours.includes(path.slice(folder.path.length + 1)),
  });
  const relative = (path: string) => path.slice(folder.path.length + 1);
  return { files: result.files.map(relative), unknown: result.unknown.map(relative) };
}

Deno.test("bundles of the original are known by what stands in them, not by their names", async () => {
  assertEquals(
    await found({
      "skills/ouroboros-run/SKILL.md": SKILL("run"),
      "skills/ouroboros-mine/SKILL.md": "---\nname: mine\ndescription: x\n---\nmine\n",
      "skills/ouroboros-seed/SKILL.md": "my own words about ouroboros",
      "skills/other/SKILL.md": SKILL("other"),
      "skills/ouroboros-notes/notes.md": "notes",
    }, ["skills/ouroboros-*"]),
    {
      files: ["skills/ouroboros-run/SKILL.md"],
      unknown: [
        "skills/ouroboros-mine",
        "skills/ouroboros-notes/notes.md",
        "skills/ouroboros-seed",
      ],
    },
  );
});

Deno.test("a person's file in a bundle of the original's is named alone", async () => {
  assertEquals(
    await found({
      "skills/ouroboros-run/SKILL.md": SKILL("run"),
      "skills/ouroboros-run/todo.txt": "mine",
    }, ["skills/ouroboros-*"]),
    { files: ["skills/ouroboros-run/SKILL.md"], unknown: ["skills/ouroboros-run/todo.txt"] },
  );
});

Deno.test("package files beside the bundles are the original's", async () => {
  const root = "skills/autonomous-ai-agents/ouroboros";
  assertEquals(
    await found(
      {
        [`${root}/__init__.py`]: '"""Ouroboros skills."""\n',
        [`${root}/__pycache__/__init__.cpython-312.pyc`]: "\0",
        [`${root}/run/SKILL.md`]: SKILL("run"),
        [`${root}/own/SKILL.md`]: "mine",
        [`${root}/ouroboros-run/SKILL.md`]: "ours",
      },
      [root],
      [`${root}/ouroboros-run/SKILL.md`],
    ),
    {
      files: [
        `${root}/__init__.py`,
        `${root}/__pycache__/__init__.cpython-312.pyc`,
        `${root}/run/SKILL.md`,
      ],
      unknown: [`${root}/own`],
    },
  );
});

Deno.test("nothing there, or a link, is nothing of the original's", async () => {
  assertEquals(await found({}, ["skills/ouroboros-*", "rules/ouroboros.md"]), {
    files: [],
    unknown: [],
  });
  await using folder = await tempDir();
  await Deno.mkdir(`${folder.path}/elsewhere`);
  await Deno.writeTextFile(`${folder.path}/elsewhere/SKILL.md`, SKILL("run"));
  await Deno.mkdir(`${folder.path}/skills`);
  await Deno.symlink(`${folder.path}/elsewhere`, `${folder.path}/skills/ouroboros-run`);
  assertEquals(
    await findFormerFiles({
      home: folder.path,
      paths: ["skills/ouroboros-*"],
      prefix: "ouroboros-",
      isOurs: () => false,
    }),
    { files: [], unknown: [`${folder.path}/skills/ouroboros-run`] },
  );
});

Deno.test("what a set-up that is at work has beside its files is nobody's", async () => {
  const staged = "skills/ouroboros-run/.SKILL.md.ouroboros-0123456789abcdef";
  assertEquals(
    await found({
      "skills/ouroboros-run/SKILL.md": SKILL("run"),
      [`${staged}.new`]: SKILL("run"),
      [`${staged}.old`]: "mine",
      "skills/ouroboros-run/.notes.new": "mine",
    }, ["skills/ouroboros-*"]),
    { files: ["skills/ouroboros-run/SKILL.md"], unknown: ["skills/ouroboros-run/.notes.new"] },
  );
});
