/** A host's server killed around every write: the next one goes on, and nothing is lost or done twice. */
import { assert, assertEquals } from "@std/assert";
import type { App } from "../../lib/app/app.ts";
import { hostInterview } from "../../lib/app/interview/host_interview.ts";
import { hostSeed } from "../../lib/app/interview/host_seed.ts";
import type { HostState } from "../../lib/app/interview/host_state.ts";
import { interviewIds, readInterview } from "../../lib/app/interview/interview_log.ts";
import type { Journal } from "../../lib/store/journal.ts";
import { type AppBench, appBench, openApp } from "../helpers/app_bench.ts";
import { HOST_PROJECT, hostDraft } from "../helpers/scripted_host.ts";

/** A process that is gone: whoever called it hears nothing more. */
class Killed extends Error {}

/** Kills once, at the n-th append of all: before it is written, or after. */
interface Death {
  appends: number;
  at: number;
  when: "before" | "after";
}

/** The app of one server process, which dies with its first write too many. */
function mortal(app: App, death: Death): App {
  const journal = async (): Promise<Journal> => {
    const real = await app.journal();
    return {
      ...real,
      async append(...args) {
        const dies = ++death.appends === death.at;
        if (dies && death.when === "before") throw new Killed();
        const stored = await real.append(...args);
        if (dies) throw new Killed();
        return stored;
      },
    };
  };
  return Object.create(app, { journal: { value: journal } });
}

/** Plays a host to the frozen seed; a server that died is followed by another. */
async function play(bench: AppBench, death: Death): Promise<HostState & { do: "done" }> {
  const signal = new AbortController().signal;
  const call = { think: "host", by: "host", signal } as const;
  const inServer = async (body: (app: App) => Promise<HostState>): Promise<HostState> => {
    const app = openApp(bench);
    try {
      return await body(mortal(app, death));
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    } finally {
      await app.close();
    }
    return await inServer(async (next) => {
      // As any new host: it looks for what is open here, and begins where nothing is.
      const ids = await interviewIds(await next.journal(), 2);
      if (ids.length === 0) return await hostInterview(next, START, call);
      return await hostInterview(next, { interviewId: ids[0]! }, call);
    });
  };
  let state = await inServer((app) => hostInterview(app, START, call));
  for (let turns = 0; turns < 20; turns++) {
    const { interviewId } = state;
    const now = state;
    if (now.do === "done") return now;
    state = await inServer((app) => {
      switch (now.do) {
        case "think":
          return hostInterview(app, {
            ...{ interviewId, thought: now.thought },
            draft: hostDraft(now.kind, 1),
          }, call);
        case "ask": {
          const answers = now.questions.map((one) => ({ question: one.id, choices: [2] }));
          return hostInterview(app, { interviewId, answers }, call);
        }
        case "review":
          return hostInterview(app, { interviewId, approve: now.review }, call);
        default:
          return hostSeed(app, { interviewId, force: undefined }, signal);
      }
    });
  }
  throw new Error(`It does not end: ${JSON.stringify(state)}`);
}

const START = { initialContext: "Reject expired coupons at the checkout" };

/** What an interview came to, without its ids and times. */
async function outcome(bench: AppBench, id: string): Promise<unknown> {
  const state = await readInterview(await bench.app.journal(), id);
  const text = await Deno.readTextFile(state.frozen!.path);
  return {
    seed: text.replaceAll(id, "ID").replaceAll(/seed_[0-9a-z]{18}/g, "SEED"),
    screens: state.screens,
    answers: state.questions.map((one) => one.answer),
    asked: state.thoughts.filter((one) => one.used).map((one) => one.kind),
    unused: state.thoughts.filter((one) => !one.used).length,
  };
}

Deno.test("a host's interview ends alike wherever its server dies, and no thought is made twice", async () => {
  await using calm = await appBench({ files: HOST_PROJECT });
  const undying: Death = { appends: 0, at: 0, when: "before" };
  const { interviewId } = await play(calm, undying);
  const wanted = await outcome(calm, interviewId);
  let deaths = 0;
  for (let at = 1; at <= undying.appends; at++) {
    for (const when of ["before", "after"] as const) {
      await using bench = await appBench({ files: HOST_PROJECT });
      const death: Death = { appends: 0, at, when };
      const done = await play(bench, death);
      assert(death.appends >= at, "it died");
      assertEquals(await outcome(bench, done.interviewId), wanted, `${when} append ${at}`);
      assertEquals((await interviewIds(await bench.app.journal(), 5)).length, 1);
      deaths++;
    }
  }
  console.log(`${deaths} deaths, around each of ${undying.appends} appends`);
});
