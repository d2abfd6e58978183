import { basename } from "@std/path";
import type { RuntimeDefinition } from "../../lib/runtimes/mod.ts";
import { AGENT, type AppBench, appBench } from "./app_bench.ts";
import { scriptedAgent } from "./scripted_agent.ts";

/** Criteria at once where nothing else is said; `OUROBOROS_CRASH_JOBS` tries the suite with others. */
export const JOBS = Number(Deno.env.get("OUROBOROS_CRASH_JOBS") ?? "2");

/** Tries per criterion: enough for a wrong one, a conflict and a regression, one after the other. */
export const ATTEMPTS = 6;

/**
 * Three criteria. `a` and `b` hold alone and not together; `c` is wrong at first; and whoever of `a`
 * and `b` has to give way writes where `c` does. However they meet, the files at the end are the same.
 */
const SEED = `schema: 1
goal: Things that get in each other's way
acceptance_criteria:
  - { id: a, description: A is there, check: { run: "test $(ls thing | wc -l) -le 1 && test -e done-a" } }
  - { id: b, description: B is there, check: { run: "test $(ls thing | wc -l) -le 1 && test -e done-b" } }
  - { id: c, description: C is listed, check: { run: "grep -qx c list.txt && grep -qx right c.txt" } }
`;

/** Each step leaves files that do not pass before the work is whole, wherever it is cut off. */
const WORK = `
set -e
list() {
  if grep -qx "$1" list.txt; then return; fi
  { echo "$1"; cat list.txt; } | sort > .list || { rm -f .list; exit 1; }
  mv .list list.txt
}
meet() {
  : > "$notes/$1-$criterion"; i=0
  while [ ! -e "$notes/$1-a" ] || [ ! -e "$notes/$1-b" ]; do
    [ -e "$notes/alone" ] || [ $i -ge 100 ] && break
    i=$((i + 1)); sleep 0.05
  done
}
case $criterion in
  c) list c; if [ -e c.txt ]; then echo right > c.txt; else echo wrong > c.txt; fi;;
  *)
    meet here
    mkdir -p thing
    if ls thing | grep -qvx "$criterion"; then
      list both; : > thing/both; rm -f thing/a thing/b
    else
      : > "thing/$criterion"
    fi
    : > "done-$criterion"
    meet there;;
esac
: > "$notes/finished-$criterion-$ATTEMPT"`;

/** Files of a passed run. */
export const CHANGED = ["c.txt", "done-a", "done-b", "list.txt", "thing/both"];

/** The scripted agent, which also knows which attempt it is. */
export function crashAgent(): RuntimeDefinition {
  const agent = scriptedAgent(AGENT);
  return {
    ...agent,
    invoke: (request) => ({
      ...agent.invoke(request),
      env: { ATTEMPT: basename(request.scratchDir).split("-").at(-1) ?? "" },
    }),
  };
}

/**
 * A bench with that scene. `before` and `after`: shell text that the agent runs around its work, with
 * `$criterion` and `$ATTEMPT`.
 */
export async function crashBench(
  around: { before?: string; after?: string; jobs?: number } = {},
): Promise<AppBench> {
  const { before = ":", after = ":", jobs = JOBS } = around;
  const bench = await appBench({
    files: { "seed.yaml": SEED, "list.txt": "m\n" },
    play: `${before}\n${WORK}\n${after}`,
    agent: crashAgent(),
  });
  // Where one works alone there is nobody to meet.
  if (jobs === 1) await Deno.writeTextFile(`${bench.notes}/alone`, "");
  return bench;
}
