import { assertEquals, assertRejects } from "@std/assert";
import { containedFile } from "../../../lib/app/contained_file.ts";
import type { App } from "../../../lib/app/app.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { plainGit } from "../../helpers/git_runner.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

function appAt(root: string, cwd: string, home = `${root}/home`) {
  const paths = { root: `${root}/ours`, home };
  return { cwd: `${root}/${cwd}`, paths, git: plainGit(root) } as unknown as App;
}

Deno.test("files of the project and our own seeds are read, wherever links lead, and no others", async () => {
  await using dir = await tempDir();
  const root = await Deno.realPath(dir.path);
  for (const folder of ["project/sub", "ours/seeds", "other"]) {
    await Deno.mkdir(`${root}/${folder}`, { recursive: true });
  }
  for (const file of ["project/a.yaml", "project/sub/b.yaml", "ours/seeds/c.yaml"]) {
    await Deno.writeTextFile(`${root}/${file}`, "");
  }
  await Deno.writeTextFile(`${root}/ours/config.yaml`, "");
  await Deno.writeTextFile(`${root}/other/secret.yaml`, "");
  await Deno.symlink(`${root}/other`, `${root}/project/out`);
  await Deno.symlink(`${root}/project/a.yaml`, `${root}/other/in.yaml`);
  const app = appAt(root, "project");
  const place = async (path: string) => (await containedFile(app, path)).slice(root.length);
  assertEquals(await place("a.yaml"), "/project/a.yaml");
  assertEquals(await place("sub/../sub/b.yaml"), "/project/sub/b.yaml");
  assertEquals(await place(`${root}/ours/seeds/c.yaml`), "/ours/seeds/c.yaml");
  assertEquals(await place(`${root}/other/in.yaml`), "/project/a.yaml");
  for (
    const [path, code] of [
      ["../other/secret.yaml", "not_allowed"],
      ["out/secret.yaml", "not_allowed"],
      [`${root}/ours/config.yaml`, "not_allowed"],
      [`${root}/ours/seeds/../config.yaml`, "not_allowed"],
      ["nothing.yaml", "not_found"],
      ["a\0.yaml", "not_found"],
    ] as const
  ) {
    assertEquals((await assertRejects(() => place(path), OuroborosError)).code, code, path);
  }
});

Deno.test("in a folder of a repository all of it is the project, unless it is the home folder", async () => {
  await using dir = await tempDir();
  const root = await Deno.realPath(dir.path);
  await Deno.mkdir(`${root}/project/sub`, { recursive: true });
  await Deno.mkdir(`${root}/ours/seeds`, { recursive: true });
  const git = new Deno.Command("git", { args: ["init", "-q"], cwd: `${root}/project` });
  assertEquals((await git.output()).success, true);
  await Deno.writeTextFile(`${root}/project/seed.yaml`, "");
  await Deno.writeTextFile(`${root}/secret.yaml`, "");
  const app = appAt(root, "project/sub");
  assertEquals(await containedFile(app, "../seed.yaml"), `${root}/project/seed.yaml`);
  assertEquals(await containedFile(app, "seed.yaml"), `${root}/project/seed.yaml`);
  const out = await assertRejects(() => containedFile(app, "../../secret.yaml"), OuroborosError);
  assertEquals(out.code, "not_allowed");
  const home = appAt(root, "project/sub", `${root}/project`);
  const own = await assertRejects(() => containedFile(home, "../seed.yaml"), OuroborosError);
  assertEquals(own.code, "not_allowed");
});
