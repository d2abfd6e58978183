/**
 * A process of its own that works on a journal: `journal_child.ts PATH VERB [COUNT]`. Prints one
 * line a step, and `error CODE` and exit code 1 for an error.
 */
import { DatabaseSync } from "node:sqlite";
import { OuroborosError } from "../../lib/kernel/error.ts";
import { openSqliteJournal } from "../../lib/store/sqlite/open_sqlite_journal.ts";
import { realClock, realRandom } from "./real_ports.ts";

const [path = "", verb = "", count = "1"] = Deno.args;
const options = { path, clock: realClock, random: realRandom };

async function appendMany(times: number, size: number): Promise<void> {
  const journal = await openSqliteJournal({ ...options, timeoutMs: 60_000 });
  for (let number = 1; number <= times; number++) {
    const data = { pid: Deno.pid, number, filler: "x".repeat(size) };
    await journal.append("run:shared", [{ type: "thing.happened", schema: 1, data }]);
    console.log(`appended ${number}`);
  }
  await journal.close();
}

async function holdLock(): Promise<void> {
  const db = new DatabaseSync(path);
  db.exec("begin immediate");
  console.log("locked");
  for await (const _ of Deno.stdin.readable) { /* until our parent closes it */ }
  db.exec("rollback");
  db.close();
}

try {
  if (verb === "append") await appendMany(Number(count), 10);
  if (verb === "fill") await appendMany(Number(count), 20_000);
  if (verb === "hold") await holdLock();
} catch (thrown) {
  const code = thrown instanceof OuroborosError ? thrown.code : `unexpected ${thrown}`;
  console.log(`error ${code}`);
  if (thrown instanceof OuroborosError) console.log(`hint ${thrown.hint}`);
  Deno.exit(1);
}
