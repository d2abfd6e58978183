import { driveAgent } from "../../lib/app/run/drive_agent.ts";
import { createProcesses } from "../../lib/process/processes.ts";
import { REGISTRY } from "../../lib/runtimes/mod.ts";
import { openSqliteJournal } from "../../lib/store/sqlite/open_sqlite_journal.ts";
import { realClock, realRandom } from "../helpers/real_ports.ts";
import { type BenchRow, ms, timeInTurns } from "./bench_row.ts";

/**
 * One attempt around a child that does nothing: started under guard and limits, spooled, decoded,
 * its tree looked for, its events appended; against the bare child. Git is left out.
 */
export async function benchAttempt(dir: string): Promise<BenchRow> {
  const definition = REGISTRY.all.find((one) => one.binary.kind === "external")!;
  const processes = createProcesses({ depth: 0, chain: [], random: realRandom });
  const journal = await openSqliteJournal({
    path: `${dir}/attempt.db`,
    clock: realClock,
    random: realRandom,
  });
  const append = (type: string) => journal.append("run:a", [{ type, schema: 1, data: {} }]);
  let turn = 0;
  const ours = async () => {
    await append("attempt.started");
    await driveAgent({
      processes,
      definition,
      program: ["true"],
      request: { prompt: "x", cwd: dir, scratchDir: dir, permission: "edit", self: ["none"] },
      invocation: { args: [], stdin: "x", env: {}, files: {} },
      env: { values: { PATH: Deno.env.get("PATH") ?? "" } },
      limits: definition.limits,
      spool: `${dir}/attempt_${turn++}`,
      label: "true",
      cancel: new AbortController().signal,
      onEvent: () => {},
      onStarted: async () => void await append("child.started"),
    });
    await append("attempt.ended");
  };
  const reference = () => new Deno.Command("true", { stdin: "null" }).output();
  await ours();
  await reference();
  const { oursMs, referenceMs } = await timeInTurns(31, ours, reference);
  await processes.close();
  await journal.close();
  const overMs = oursMs - referenceMs;
  return {
    what: "Overhead of one attempt, git aside",
    ours: ms(overMs),
    reference: `the bare child: ${ms(referenceMs)}`,
    ratio: overMs / 30,
    aim: "under 30 ms",
    met: overMs < 30,
  };
}
