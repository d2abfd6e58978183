/** What reaches the programs that the compiled program starts. */
import { assert, assertStringIncludes } from "@std/assert";
import { onBinary, runProgram } from "../helpers/program.ts";
import { tempDir } from "../helpers/temp_dir.ts";

const SECRET = "of-no-use-to-anyone-5678";

Deno.test({
  name: "a variable outside the list does not reach a check",
  ignore: !onBinary || Deno.build.os === "windows",
  fn: async () => {
    await using dir = await tempDir();
    for (const name of ["home", "project", "bin"]) await Deno.mkdir(`${dir.path}/${name}`);
    // An agent that answers the question for its version and is never started for work.
    await Deno.writeTextFile(`${dir.path}/bin/claude`, "#!/bin/sh\necho '2.1.197 (Claude Code)'\n");
    await Deno.chmod(`${dir.path}/bin/claude`, 0o755);
    const seen = `${dir.path}/seen`;
    const end = await runProgram({
      // `--dry-run --admit` runs the check on the base, and no agent.
      args: ["run", "Anything", "--check", `env >${seen}; false`, "--dry-run", "--admit"],
      cwd: `${dir.path}/project`,
      home: `${dir.path}/home`,
      env: {
        PATH: `${dir.path}/bin:${Deno.env.get("PATH")}`,
        AWS_SECRET_ACCESS_KEY: SECRET,
        JAVA_HOME: "/opt/java",
      },
    });
    const environment = await Deno.readTextFile(seen)
      .catch(() => `The check did not run: ${end.stdout}${end.stderr}`);
    assertStringIncludes(environment, "JAVA_HOME=/opt/java");
    assert(!environment.includes(SECRET) && !environment.includes("AWS_"), environment);
  },
});
