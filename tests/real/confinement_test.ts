import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { realTest } from "../helpers/real_agents.ts";
import { type Bench, definitionOf, withBench } from "../helpers/real_drive.ts";

const exists = (path: string) => Deno.lstat(path).then(() => true, () => false);

/** Ways to write to `folder`, from the plainest to one that no look at the words can see. */
function writes(folder: string) {
  return {
    tool: { write: { path: `${folder}/tool.txt`, text: "x\n" } },
    touch: { shell: `touch ${folder}/touch.txt` },
    redirect: { shell: `echo x > ${folder}/redirect.txt` },
    script: { shell: `sh write.sh ${folder}/script.txt` },
  };
}

/** The ways that were not stopped, by folder, in one start of the agent. */
async function tryWrites(bench: Bench, folders: string[]): Promise<string[][]> {
  await Deno.writeTextFile(join(bench.cwd, "write.sh"), 'echo x > "$1"\n');
  const turns = [
    ...folders.flatMap((folder) => Object.values(writes(folder))),
    { write: { path: "/proc/version", text: "x" } },
  ];
  bench.server.setScript([...turns, { text: "I could not write it." }] as never);
  const end = await bench.drive();
  assertEquals(bench.server.of("main").length, turns.length + 1, `it ended early: ${end.why}`);
  // The model went on and said so: a claim. Or the CLI ended there: then it must not look done.
  if (end.outcome.reason === "completed") {
    assertEquals(end.outcome.finalText, "I could not write it.");
  } else assertEquals(end.outcome.reason, "refused", end.why);
  return await Promise.all(folders.map(async (folder) => {
    const through: string[] = [];
    for (const way of Object.keys(writes(folder))) {
      if (await exists(join(folder, `${way}.txt`))) through.push(way);
    }
    return through;
  }));
}

realTest(
  "with `edit`, a write outside the work folder meets what its definition states, and a refused " +
    "step does not pass for work done",
  (agent) =>
    withBench(agent, [{ text: "Done." }], async (bench) => {
      // Beside the work folder (which lies in the system's temporary folder), and away from both.
      const beside = join(bench.home.root, "beside");
      const away = await Deno.makeTempDir({ dir: "/var/tmp", prefix: "ouroboros-away-" });
      await Deno.mkdir(beside);
      try {
        const [besideThrough = [], awayThrough = []] = await tryWrites(bench, [beside, away]);
        const through = { beside: besideThrough, away: awayThrough };
        const stated = bench.definition.permissions.edit;
        assert(stated, "no `edit`");
        const told = `let through: ${JSON.stringify(through)}; stated: ${stated.confinement}`;
        assertEquals(through.away.length === 0, stated.stopsOutsideWrites, told);
        // The bench lies in the system's temporary folder.
        assertEquals(through.beside.length === 0, stated.stopsOutsideWrites, told);
      } finally {
        await Deno.remove(away, { recursive: true });
      }
    }),
);

realTest(
  "with `read`, nothing is changed, in the work folder or outside",
  (agent) =>
    withBench(agent, [{ text: "Done." }], async (bench) => {
      const beside = join(bench.home.root, "beside");
      await Deno.mkdir(beside);
      await Deno.writeTextFile(join(bench.cwd, "write.sh"), 'echo x > "$1"\n');
      const folders = [bench.cwd, beside];
      const turns = folders.flatMap((folder) => Object.values(writes(folder)));
      bench.server.setScript([...turns, { text: "Done." }] as never);
      const end = await bench.drive({ permission: "read" });
      // A CLI may end at the first refusal: then the other ways are tried one by one.
      if (bench.server.of("main").length <= turns.length) {
        assertEquals(end.outcome.reason, "refused", end.why);
        for (const turn of turns.slice(1)) {
          bench.server.setScript([turn, { text: "Done." }]);
          await bench.drive({ permission: "read" });
        }
      }
      for (const folder of folders) {
        for (const way of Object.keys(writes(folder))) {
          assert(!await exists(join(folder, `${way}.txt`)), `"${way}" wrote into ${folder}`);
        }
      }
    }),
  { only: (agent) => definitionOf(agent).permissions.read !== undefined },
);

realTest(
  "with `full`, nothing stands in its way",
  (agent) =>
    withBench(agent, [{ text: "Done." }], async (bench) => {
      const beside = join(bench.home.root, "beside");
      await Deno.mkdir(beside);
      bench.server.setScript([...Object.values(writes(beside)), { text: "Done." }] as never);
      await Deno.writeTextFile(join(bench.cwd, "write.sh"), 'echo x > "$1"\n');
      const end = await bench.drive({ permission: "full" });
      assertEquals(end.outcome.reason, "completed", end.why);
      for (const way of Object.keys(writes(beside))) {
        assert(await exists(join(beside, `${way}.txt`)), `"${way}" was stopped`);
      }
    }),
);
