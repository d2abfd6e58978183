import { OuroborosError } from "../kernel/error.ts";
import type { Resource } from "./resource.ts";

/** Rows of a list; a host that wants more asks a tool. */
const LISTED = 20;
/** Events of one slice of the journal, and the width of a receipt. */
const SLICE = 100;
const COLUMNS = 100;

/** Everything that can be read by address: lists first, then what one of them names. */
export const RESOURCES: readonly Resource[] = [
  {
    uri: "ouroboros://runs",
    name: "runs",
    title: "Runs of this project",
    description: "The newest runs, each with its state",
    mimeType: "application/json",
    async read(app) {
      const { listRuns } = await import("../app/list_runs.ts");
      return json(await listRuns(app, { all: false, limit: LISTED }));
    },
  },
  {
    uri: "ouroboros://seeds",
    name: "seeds",
    title: "Frozen seeds",
    description: "The newest seeds that interviews ended in",
    mimeType: "application/json",
    async read(app) {
      const { listSeeds } = await import("../app/seeds/list_seeds.ts");
      return json(await listSeeds(app, { limit: LISTED }));
    },
  },
  {
    uri: "ouroboros://runs/{run}",
    name: "run",
    title: "A run",
    description: "Where it stands, with every criterion",
    mimeType: "application/json",
    async read(app, part) {
      const { showRun } = await import("../app/show_run.ts");
      return json(await showRun(app, part));
    },
  },
  {
    uri: "ouroboros://runs/{run}/seed",
    name: "run-seed",
    title: "A run's seed",
    description: "The seed as it was when the run began",
    mimeType: "application/yaml",
    async read(app, part) {
      const { runSeedText } = await import("../app/run_seed_text.ts");
      return await runSeedText(app, part);
    },
  },
  {
    uri: "ouroboros://runs/{run}/receipts",
    name: "run-receipts",
    title: "A run's receipts",
    description: "What proves each result",
    mimeType: "text/plain",
    async read(app, part) {
      const { runReceipts } = await import("../app/run_receipts.ts");
      // A path would read a file: here it is the run that is named.
      const { findRun } = await import("../app/find_run.ts");
      const { runId } = (await findRun(app, part)).created;
      const { text } = await runReceipts(app, runId, { width: COLUMNS });
      return text;
    },
  },
  {
    uri: "ouroboros://runs/{run}/events",
    name: "run-events",
    title: "A run's events",
    description: `A slice of the journal: ${SLICE} events, from ?offset=N on`,
    mimeType: "application/json",
    async read(app, part, query) {
      const { queryEvents } = await import("../app/query_events.ts");
      const offset = offsetOf(query.get("offset") ?? "0");
      return json(await queryEvents(app, part, { limit: SLICE, offset }));
    },
  },
  {
    uri: "ouroboros://seeds/{seed}",
    name: "seed",
    title: "A frozen seed",
    description: "Its text",
    mimeType: "application/yaml",
    async read(app, part) {
      const { readStoredSeed } = await import("../app/seeds/read_stored_seed.ts");
      return await readStoredSeed(app, part);
    },
  },
];

function offsetOf(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new OuroborosError({
    code: "usage",
    message: `Read events from "${text}" on: a whole number from 0 is needed`,
    hint: "?offset=0",
  });
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
