import { assertEquals, assertRejects } from "@std/assert";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { brokenSettingsHint } from "../../../lib/workspace/broken_settings.ts";
import { forkPoint } from "../../../lib/workspace/fork_point.ts";
import { requireGit } from "../../../lib/workspace/git_version.ts";
import { gitProject } from "../../helpers/git_project.ts";
import { plainGit } from "../../helpers/git_runner.ts";

Deno.test("settings that git cannot read are named with the line to mend, wherever git is asked", async () => {
  await using project = await gitProject({ files: { a: "1\n" } });
  const file = `${project.home}/.gitconfig`;
  await Deno.writeTextFile(file, "[user\n");
  const git = plainGit(project.home);
  for (
    const ask of [
      () => requireGit(git, project.dir),
      () => forkPoint(git, project.dir, { ref: "main" }),
    ]
  ) {
    assertEquals(
      (await assertRejects(ask, OuroborosError)).hint,
      `Mend line 1 of "${file}"; to see whether git reads it: git config --list`,
    );
  }
});

Deno.test("what git says of something else is no such hint", () => {
  assertEquals(brokenSettingsHint("fatal: not a git repository"), undefined);
  assertEquals(
    brokenSettingsHint("fatal: bad config file line 3 in .git/config"),
    'Mend line 3 of ".git/config"; to see whether git reads it: git config --list',
  );
});
