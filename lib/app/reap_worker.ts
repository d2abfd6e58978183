import type { RunState } from "../engine/run/state.ts";
import type { ChildIdentity } from "../process/child.ts";
import type { App } from "./app.ts";

/**
 * Ends what an earlier worker of a run left running; gives the number of processes. Never this
 * process. A worker that lives and does not hold the run any more has other things to do (it handed
 * the run over, or serves more than this run): it is ended only by `force`.
 */
export async function reapWorker(
  app: App,
  state: RunState,
  options: { force: boolean } = { force: false },
): Promise<number> {
  const { children, worker } = state;
  if (children.length === 0 && worker === null) return 0;
  const { pid, marker } = await app.processes.self();
  const left: ChildIdentity[] = [...children];
  const ours = worker?.pid === pid || worker?.marker === marker;
  if (worker && !ours && (options.force || !await app.processes.alive(worker))) left.push(worker);
  return left.length === 0 ? 0 : await app.processes.reap(left);
}
