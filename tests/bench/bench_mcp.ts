import { assert } from "@std/assert";
import { type McpClient, startMcp } from "../helpers/mcp_client.ts";
import { passedProject, playPassed } from "../helpers/passed_project.ts";
import { type BenchRow, median, ms, timed, timeInTurns } from "./bench_row.ts";

/** A tool that reads the journal. */
const STATUS = "ouroboros_session_status";

const START_MS = 150;
const ANSWER_MS = 10;
const TURNS = 15;

/** How soon a host has what it asks for: the server's start, its list, where a run stands. */
export async function benchMcp(programs: {
  ours: string;
  /** A bare server of the same package. */
  bare: string;
  /** An empty folder. */
  dir: string;
}): Promise<BenchRow[]> {
  const at = { cwd: `${programs.dir}/project`, home: `${programs.dir}/home` };
  for (const folder of Object.values(at)) await Deno.mkdir(folder, { recursive: true });
  await passedProject(at.cwd);
  await playPassed({ ...at, command: [programs.ours] });

  const lists: number[] = [];
  const first: number[] = [];
  const later: number[] = [];
  const ours = async () => {
    const client = await startMcp({ ...at, command: [programs.ours, "mcp", "serve"] });
    await client.initialize();
    return client;
  };
  const bare = async () => {
    const client = await startMcp({ ...at, command: [programs.bare] });
    await client.initialize();
    return client;
  };
  // Both ends are waited for outside of what is timed.
  const started: McpClient[] = [];
  const times = await timeInTurns(
    TURNS,
    async () => void started.push(await ours()),
    async () => void started.push(await bare()),
  );
  await Promise.all(started.map((client) => client.end()));
  for (let turn = 0; turn < TURNS; turn++) {
    const client = await ours();
    lists.push(await timed(() => client.ask("tools/list")));
    const status = async () => {
      const { result } = await client.ask("tools/call", { name: STATUS, arguments: {} });
      assert(!result.isError, JSON.stringify(result));
    };
    first.push(await timed(status));
    for (let again = 0; again < 3; again++) later.push(await timed(status));
    await client.end();
  }
  return [
    {
      what: "`ouroboros mcp serve`: from its start to `initialize` answered",
      ours: ms(times.oursMs),
      reference: `a bare compiled MCP server: ${ms(times.referenceMs)}`,
      ratio: times.oursMs / times.referenceMs,
      aim: `at most ${START_MS} ms`,
      met: times.oursMs <= START_MS,
    },
    answerRow("`tools/list`, a server's first", lists),
    answerRow(`\`${STATUS}\`, a server's first`, first),
    answerRow(`\`${STATUS}\`, after it`, later),
  ];
}

function answerRow(what: string, times: readonly number[]): BenchRow {
  const value = median(times);
  return {
    what,
    ours: ms(value),
    reference: "",
    ratio: value / ANSWER_MS,
    aim: `at most ${ANSWER_MS} ms`,
    met: value <= ANSWER_MS,
  };
}
