import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { gitRunner } from "../../../lib/workspace/git_runner.ts";
import { stoppableGit } from "../../../lib/workspace/stoppable_git.ts";
import { withProcesses } from "../../helpers/process_fixture.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

Deno.test("a git that reads for long is ended by a signal, until its work is settled", async () => {
  await using dir = await tempDir();
  const pipe = join(dir.path, "begun");
  await new Deno.Command("mkfifo", { args: [pipe] }).output();
  const script = `#!/bin/sh\n[ "$1" = quick ] && exit 3\necho >'${pipe}'\nexec sleep 300\n`;
  await Deno.writeTextFile(join(dir.path, "git"), script, { mode: 0o755 });
  await withProcesses(async (processes) => {
    const runner = gitRunner(processes, { PATH: `${dir.path}:/usr/bin:/bin` });
    const stop = new AbortController();
    const { git, settle } = stoppableGit(runner, stop.signal);
    const reading = git(["update-index"], { cwd: dir.path });
    // The pipe opens once the program is at work.
    await Deno.readTextFile(pipe);
    stop.abort();
    const error = await assertRejects(() => reading, OuroborosError);
    assertEquals(error.code, "cancelled");
    await assertRejects(() => git(["quick"], { cwd: dir.path }), OuroborosError, "cancelled");
    settle();
    assertEquals((await git(["quick"], { cwd: dir.path })).code, 3);
  });
});
