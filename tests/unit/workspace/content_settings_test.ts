import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import {
  configText,
  contentSettings,
  literalPattern,
} from "../../../lib/workspace/content_settings.ts";
import { alternatesText } from "../../../lib/workspace/private_repository.ts";
import { gitProject } from "../../helpers/git_project.ts";

Deno.test("settings that decide about bytes are copied, those that start programs are not", () => {
  const settings = new Map([
    ["core.autocrlf", "true"],
    ["core.fsmonitor", "evil"],
    ["filter.lfs.clean", "git-lfs"],
    ["core.hookspath", "/hooks"],
    ["core.excludesfile", "~/.ignore"],
  ]);
  assertEquals(contentSettings(settings), [
    ["core.autocrlf", "true"],
    ["core.excludesfile", "~/.ignore"],
  ]);
});

Deno.test("git reads back what was written for it: settings, ignore patterns, object folders", async () => {
  await using project = await gitProject({ files: { "a.txt": "1" } });
  const value = 'C:\\x "quoted"; # no comment\nline';
  await Deno.writeTextFile(join(project.top, "config"), configText([["core.excludesfile", value]]));
  const read = await project.git(["config", "--file", "../config", "-z", "core.excludesfile"]);
  assertEquals(read, value + "\0");

  for (const name of ["sp ace", "trail ", "*?[x]", "#a", "!b", "back\\slash", "é"]) {
    await project.write({ [name]: "x", [`${name}2`]: "x" });
    await Deno.writeTextFile(join(project.dir, ".git/info/exclude"), literalPattern(name) + "\n");
    const others = await project.git(["ls-files", "--others", "--exclude-standard", "-z"]);
    assertEquals(others.split("\0").filter((each) => each !== ""), [`${name}2`]);
    await project.write({ [name]: null, [`${name}2`]: null });
  }

  const strange = join(project.top, 'ob"j\nects');
  await Deno.rename(join(project.dir, ".git/objects"), strange);
  await Deno.mkdir(join(project.dir, ".git/objects/info"), { recursive: true });
  await Deno.writeTextFile(
    join(project.dir, ".git/objects/info/alternates"),
    alternatesText([strange]),
  );
  assertEquals(await project.git(["show", "HEAD:a.txt"]), "1");
});
