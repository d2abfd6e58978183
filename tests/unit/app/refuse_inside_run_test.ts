import { assertEquals, assertRejects } from "@std/assert";
import { refuseInsideRun } from "../../../lib/app/refuse_inside_run.ts";
import { COMMANDS } from "../../../lib/cli/commands.ts";
import { findCommand } from "../../../lib/cli/find_command.ts";
import { readWords } from "../../../lib/cli/read_words.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { appBench } from "../../helpers/app_bench.ts";
import { runProgram } from "../../helpers/program.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

/** What its user decides: none of it is an agent's. */
const DECIDED = [
  ...["accept", "apply", "cancel", "config runtime", "config set", "config unset", "discard"],
  ...["gc", "resume", "seed edit", "setup", "undo", "uninstall", "update"],
];

Deno.test("every command that decides in a person's place is known as one", async () => {
  const commands = await Promise.all(COMMANDS.map(({ load }) => load()));
  assertEquals(commands.filter((one) => one.decides).map((one) => one.name).sort(), DECIDED);
});

Deno.test("words that change nothing decide nothing", async () => {
  const decides = async (line: string) => {
    const { entry, rest } = findCommand(line.split(" "));
    const command = await entry.load();
    const { decides } = command;
    return typeof decides === "function" ? decides(readWords(command, rest)) : decides === true;
  };
  const changing = [
    ...["apply", "config runtime claude", "config set run.attempts 2", "config unset run.attempts"],
    ...["discard x", "gc", "setup", "undo", "uninstall", "update", "update --rollback"],
  ];
  for (const line of changing) {
    assertEquals([line, await decides(line)], [line, true]);
    assertEquals([line, await decides(`${line} --dry-run`)], [line, false]);
  }
  for (const line of ["setup --status", "update --check", "config runtime"]) {
    assertEquals([line, await decides(line)], [line, false]);
  }
});

Deno.test("an agent cannot accept its own work, nor raise its rights", async () => {
  await using bench = await appBench({
    files: {
      "seed.yaml": `schema: 1
goal: A greeting
acceptance_criteria: [{ id: hello, description: Is kind, check: { run: test -e hello.txt } }]
`,
    },
    play: `printenv _OUROBOROS_ROOT > "$notes/root"; exit 0`,
  });
  const { view } = await bench.start({ limits: { attempts: 1 } });
  assertEquals(view.state, "failed");
  const root = (await bench.note("root")).trim();
  assertEquals(root, bench.app.paths.root);

  const { home } = bench.app.paths;
  const at = { cwd: bench.project, home, env: { _OUROBOROS_ROOT: root, OUROBOROS_HOME: root } };
  for (const words of [["accept", view.runId, "hello", "--reason", "fine"], ["gc"]]) {
    const end = await runProgram({ args: words, ...at });
    assertEquals([end.code, end.stderr.includes("only a person decides this")], [1, true]);
  }
  assertEquals((await runProgram({ args: ["gc", "--dry-run"], ...at })).code, 0);
  assertEquals(
    (await bench.events(view.runId)).some((one) => one.type === "criterion.accepted"),
    false,
  );
});

Deno.test("another home is a playground of its own, and a link to the same is the same", async () => {
  await using dir = await tempDir();
  await Deno.mkdir(`${dir.path}/ours`);
  await Deno.symlink(`${dir.path}/ours`, `${dir.path}/link`);
  const appAt = (root: string, told: string | undefined) =>
    ({
      paths: { root },
      environment: { get: () => told, pick: () => ({}) },
    }) as unknown as Parameters<typeof refuseInsideRun>[0];
  await refuseInsideRun(appAt(`${dir.path}/other`, `${dir.path}/ours`), "accept");
  await refuseInsideRun(appAt(`${dir.path}/ours`, undefined), "accept");
  const inside = () => refuseInsideRun(appAt(`${dir.path}/link`, `${dir.path}/ours`), "accept");
  assertEquals((await assertRejects(inside, OuroborosError)).code, "not_allowed");
});
