import { assert, assertEquals } from "@std/assert";
import { childLaunch } from "../../../lib/process/child_env.ts";
import { shell, withProcesses } from "../../helpers/process_fixture.ts";

const SHELLS = ["dash", "bash", "/bin/sh"];
const PATH = Deno.env.get("PATH") ?? "/usr/bin:/bin";

/** Runs a launch as the process room does, under `shell` in place of /bin/sh. */
async function run(
  launch: ReturnType<typeof childLaunch>,
  shell: string,
  inherited: Record<string, string>,
): Promise<string | undefined> {
  try {
    const { stdout } = await new Deno.Command(launch.clearEnv ? launch.program : shell, {
      args: launch.args,
      clearEnv: true,
      env: { ...inherited, ...launch.env },
      stderr: "null",
    }).output();
    return new TextDecoder().decode(stdout);
  } catch {
    return undefined; // The shell is not there.
  }
}

const sorted = (text: string) => text.split("\0").filter((each) => each !== "").sort();

Deno.test("H2.a without passed names the environment is exactly the values and ours", async () => {
  const launch = childLaunch(["env", "-0"], { values: { PATH, A: "1" } }, { B: "2" });
  assertEquals(launch.clearEnv, true);
  assertEquals(sorted((await run(launch, "sh", {}))!), ["A=1", "B=2", `PATH=${PATH}`]);
});

for (const shell of SHELLS) {
  Deno.test(`passed names go on and nothing else does, under ${shell}`, async () => {
    const launch = childLaunch(
      ["env", "-0"],
      { values: { PATH, VALUE: "two\nlines $HOME" }, passNames: ["TOKEN", "AWS_*", "ABSENT"] },
      { _OUROBOROS_DEPTH: "1" },
    );
    const printed = await run(launch, shell, {
      TOKEN: "t k'\"\n*",
      AWS_REGION: "eu",
      AWS: "no",
      SECRET: "no",
      TOKENS: "no",
      VALUE: "theirs",
      "odd.name": "no",
      "BASH_FUNC_x%%": "() { echo no; }",
      SHLVL: "3",
      PWD: "/wrong",
      CDPATH: "/",
      ENV: "/nonexistent",
    });
    if (printed === undefined) return;
    assertEquals(sorted(printed), [
      "AWS_REGION=eu",
      `PATH=${PATH}`,
      "TOKEN=t k'\"\n*",
      "VALUE=two\nlines $HOME",
      "_OUROBOROS_DEPTH=1",
    ]);
  });

  Deno.test(`arguments arrive byte for byte, under ${shell}`, async () => {
    const args = ["a b", "", "-n", "$(id)", "*", "é\n'\"", "-u"];
    const launch = childLaunch(
      ["printf", "%s\\0", ...args],
      { values: { PATH }, passNames: ["X"] },
      {},
    );
    const printed = await run(launch, shell, {});
    if (printed === undefined) return;
    assertEquals(printed.split("\0").slice(0, -1), args);
  });
}

Deno.test("an inherited environment comes whole, but for the names that are left out", async () => {
  const launch = childLaunch(
    ["env", "-0"],
    { values: { PATH, OURS: "1" }, inheritBut: ["GIT_DIR", "GIT_INDEX_FILE"] },
    { _OUROBOROS_DEPTH: "1" },
  );
  assertEquals(launch.clearEnv, false);
  const { stdout } = await new Deno.Command(launch.program, {
    args: launch.args,
    clearEnv: true,
    env: { SECRET: "two\nlines", GIT_DIR: "/x", GIT_INDEX_FILE: "/y", ...launch.env },
  }).output();
  assertEquals(sorted(new TextDecoder().decode(stdout)), [
    "OURS=1",
    `PATH=${PATH}`,
    "SECRET=two\nlines",
    "_OUROBOROS_DEPTH=1",
  ]);
});

Deno.test("no value stands in an argv", () => {
  const launch = childLaunch(
    ["prog"],
    { values: { KEY: "sk-value-1" }, passNames: ["TOKEN"] },
    { OURS: "sk-value-2" },
  );
  assert(!launch.args.join("\0").includes("sk-value"));
});

Deno.test("a name that is none, or a bare star, passes nothing", () => {
  for (const name of ["*", "A B", "A=B", ""]) {
    assertEquals(childLaunch(["p"], { values: {}, passNames: [name] }, {}).clearEnv, true, name);
  }
});

Deno.test('a program with "=" in its path is no variable', () =>
  withProcesses(async (processes) => {
    const folder = await Deno.makeTempDir({ prefix: "a=b" });
    try {
      await Deno.writeTextFile(`${folder}/prog`, "#!/bin/sh\necho $1\n", { mode: 0o755 });
      const spec = { ...shell(""), argv: [`${folder}/prog`, "ok"] as [string, string] };
      const env = { ...spec.env, passNames: ["HOME"] };
      const { stdout } = await processes.capture({ ...spec, env });
      assertEquals(new TextDecoder().decode(stdout), "ok\n");
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }));

Deno.test("names that our own permissions hide reach the child, and only those", async () => {
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-check",
      "--no-prompt",
      "--ignore-env",
      "--allow-env=HOME",
      "--allow-run",
      "--allow-read",
      new URL("../../helpers/process_pass_program.ts", import.meta.url).pathname,
    ],
    env: { HIDDEN_TOKEN: "hidden value", AWS_SECRET_ACCESS_KEY: "never" },
  }).output();
  assert(success, new TextDecoder().decode(stderr));
  const seen = JSON.parse(new TextDecoder().decode(stdout));
  assertEquals(seen.readable, null);
  assert(seen.identity.startTime !== "", "the start time is known without reading /proc");
  assertEquals(seen.alive, true);
  assertEquals(seen.reaped, 1);
  assertEquals(
    seen.lines.filter((line: string) => !line.startsWith("_OUROBOROS_")).sort(),
    ["HIDDEN_TOKEN=hidden value", "PATH=/usr/bin:/bin"],
  );
});
