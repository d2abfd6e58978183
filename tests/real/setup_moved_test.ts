/** A host whose places are moved by a variable finds us there, after `ouroboros setup` under it. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { dirname, join } from "@std/path";
import { realTest } from "../helpers/real_agents.ts";
import { type Bench, withBench } from "../helpers/real_drive.ts";
import { setUp, takeOut } from "../helpers/real_host.ts";
import { lookAround, mustShow } from "../helpers/real_look.ts";
import { differences, snapshot } from "../helpers/setup_snapshot.ts";

/** One way to move a host's places. */
interface Move {
  host: string;
  variable: string;
  /** What it is set to, below the folder of what is moved. */
  value: string;
  /** Where the entry is then, in the same folder. */
  entry: string;
  /** What goes there of the usual home: the host's own settings. */
  taken?: string;
  /** What setup still puts into the usual home, beside our own folder. */
  stays?: RegExp;
}

const MOVES: readonly Move[] = [
  { host: "codex", variable: "CODEX_HOME", value: "c", entry: "c/config.toml", taken: ".codex" },
  { host: "claude", variable: "CLAUDE_CONFIG_DIR", value: "c", entry: "c/.claude.json" },
  { host: "hermes", variable: "HERMES_HOME", value: "h", entry: "h/config.yaml", taken: ".hermes" },
  {
    host: "opencode",
    variable: "XDG_CONFIG_HOME",
    value: "x/y",
    entry: "x/y/opencode/opencode.json",
    taken: ".config",
  },
  {
    host: "opencode",
    variable: "OPENCODE_CONFIG_DIR",
    value: "o",
    entry: "o/opencode.jsonc",
  },
  {
    host: "opencode",
    variable: "OPENCODE_CONFIG",
    value: "mine.json",
    entry: "mine.json",
    stays: /^\.config\/opencode\/skills(\/ouroboros-|$)/,
  },
];

for (const move of MOVES) {
  realTest(
    `where ${move.variable} moves it, it finds what setup put there, and setup wrote nowhere else`,
    (agent) =>
      withBench(agent, [{ text: "." }], async (bench) => {
        const { home } = bench;
        const folder = await moveHome(bench, move);
        const before = await snapshot(home.home);
        const movedBefore = await snapshot(folder);
        const installed = await setUp(agent, home, ["--approve-tools"]);
        const odd = [...(await snapshot(home.home)).keys()].filter((path) =>
          !before.has(path) && !/^\.ouroboros/.test(path) && !move.stays?.test(path)
        );
        assertEquals(odd, []);
        assertStringIncludes(await Deno.readTextFile(join(folder, move.entry)), "ouroboros");
        const set = [await snapshot(home.home), await snapshot(folder)] as const;
        mustShow(await lookAround(agent, bench, { placement: installed.placement }), installed);

        // The record knows where it was: the variable is not needed for the way back.
        const value = home.env[move.variable]!;
        delete home.env[move.variable];
        await takeOut(agent, home);
        home.env[move.variable] = value;
        for (
          const [was, then, now] of [
            [before, set[0], await snapshot(home.home)],
            [movedBefore, set[1], await snapshot(folder)],
          ] as const
        ) {
          // What setup made or changed is as it was; the host itself may have rewritten a file.
          const touched = differences(was, then).map((line) => line.slice(2).split(":")[0]!);
          const left = touched.filter((path) =>
            !was.has(path) && now.get(path)?.kind === "file" &&
            !/(^|\/)logs\//.test(path) && /ouroboros/i.test(now.get(path)!.text)
          );
          assertEquals(left, []);
          assertEquals([...now.keys()].filter((path) => /(^|\/)ouroboros-/.test(path)), []);
        }
      }),
    { only: ({ name }) => name === move.host },
  );
}

/** Sets the variable, and moves the host's own settings behind it. Gives the folder of what is moved. */
async function moveHome({ home }: Bench, { variable, value, taken }: Move): Promise<string> {
  const folder = join(home.root, "moved");
  const target = join(folder, value);
  await Deno.mkdir(dirname(target), { recursive: true });
  if (taken !== undefined) await Deno.rename(join(home.home, taken), target);
  else if (variable !== "OPENCODE_CONFIG") await Deno.mkdir(target);
  home.env[variable] = target;
  return folder;
}
