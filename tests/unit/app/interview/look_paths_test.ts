import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { lookPaths, MOST_ENTRIES } from "../../../../lib/app/interview/look_paths.ts";
import { writeFiles } from "../../../helpers/git_project.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

Deno.test("a walk goes three folders deep, past what tools fill, and into no link", async () => {
  await using dir = await tempDir();
  const names = [
    "a.ts",
    "one/two/three/b.ts",
    "one/two/three/four/c.ts",
    "node_modules/x/d.ts",
    "one/node_modules/x/d.ts",
    "target/e.ts",
    "one/target/f.ts",
    ".git/g.ts",
    "h.pyc",
    "xpyc",
  ];
  await writeFiles(dir.path, Object.fromEntries(names.map((name) => [name, ""])));
  await Deno.symlink("..", join(dir.path, "one/up"));
  const paths = ["a.ts", "xpyc", "one/up", "one/target/f.ts", "one/two/three/b.ts"];
  assertEquals(await lookPaths(dir.path, undefined), { paths, whole: false });
  await Deno.remove(join(dir.path, "one/two/three/four"), { recursive: true });
  assertEquals(await lookPaths(dir.path, undefined), { paths, whole: true });
});

Deno.test("a walk ends after its entries, and has the top first", async () => {
  await using dir = await tempDir();
  for (let folder = 0; folder < 60; folder++) {
    await Deno.mkdir(join(dir.path, `d${folder}`));
    for (let file = 0; file < 50; file++) {
      await Deno.create(join(dir.path, `d${folder}/f${file}.ts`)).then((one) => one.close());
    }
  }
  await Deno.writeTextFile(join(dir.path, "z.ts"), "");
  const { readDir } = Deno;
  let listed = 0;
  Deno.readDir = (path) => {
    listed++;
    return readDir(path);
  };
  try {
    const { paths, whole } = await lookPaths(dir.path, undefined);
    assertEquals(whole, false);
    assertEquals(paths[0], "z.ts");
    // All but the 60 folders themselves.
    assertEquals(paths.length, MOST_ENTRIES - 60);
    assert(listed <= 41, `${listed} folders were listed`);
  } finally {
    Deno.readDir = readDir;
  }
});

Deno.test("what git knows is taken as it is, without what tools filled", async () => {
  const paths = ["a.ts", "node_modules/x/a.ts", "sub/node_modules/b.ts", "node_modules.md"];
  const repository = { branch: null, head: null, others: [], dirty: null, committedAt: null };
  const known = { ...repository, tracked: paths };
  const kept = ["a.ts", "node_modules.md"];
  assertEquals(await lookPaths("/nowhere", known), { paths: kept, whole: true });
  assertEquals(await lookPaths("/nowhere", { ...known, others: null }), {
    paths: kept,
    whole: false,
  });
  assertEquals((await lookPaths("/nowhere", { ...known, tracked: [] })).paths, []);
  assertEquals((await lookPaths("/nowhere", { ...known, tracked: null, others: paths })).paths, []);
});
