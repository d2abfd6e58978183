/**
 * Turns a function that reports as it works into an async generator: what it emits is yielded in
 * order, its result is returned, its error thrown. Leaving the loop early does not stop the work;
 * hand in an AbortSignal for that. Emitting never waits, so memory is bounded by what a slow reader
 * leaves unread: progress is small and rare beside an agent's output.
 */
export async function* progressStream<P, R>(
  work: (emit: (progress: P) => void) => Promise<R>,
): AsyncGenerator<P, R> {
  const waiting: P[] = [];
  let wake: () => void = () => {};
  let done = false;
  const finished = work((progress) => {
    waiting.push(progress);
    wake();
  }).finally(() => {
    done = true;
    wake();
  });
  // The error is thrown by the last line; without this it would count as unhandled before.
  finished.catch(() => {});
  while (true) {
    while (waiting.length > 0) yield waiting.shift()!;
    if (done) break;
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (done || waiting.length > 0) resolve();
    });
  }
  return await finished;
}
