/** A stream that is read before anybody wants what it brings, so that its end is seen at once. */
export interface LookAhead {
  /** What came, in order; throws what reading threw. */
  chunks: AsyncIterable<Uint8Array>;
  /** Settles when nothing more will come, whether or not `chunks` was read as far as that. */
  over: Promise<void>;
}

/**
 * Reads ahead of whoever takes the chunks. More than `mostBytes` that wait end the reading with an
 * error: stopping there instead would leave an end of the stream unseen.
 */
export function lookAhead(input: ReadableStream<Uint8Array>, mostBytes: number): LookAhead {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const waiting: Uint8Array[] = [];
  let bytes = 0;
  let ended = false;
  let failure: unknown;
  let wake = () => {};
  const read = async () => {
    for await (const chunk of input) {
      waiting.push(chunk);
      bytes += chunk.length;
      wake();
      if (bytes > mostBytes) throw new Error(`More than ${mostBytes} bytes wait to be answered`);
    }
  };
  read().catch((error) => failure = error).finally(() => {
    ended = true;
    wake();
    resolve();
  });
  return { over, chunks: taken() };

  async function* taken(): AsyncGenerator<Uint8Array> {
    while (true) {
      const chunk = waiting.shift();
      if (chunk !== undefined) {
        bytes -= chunk.length;
        yield chunk;
      } else if (!ended) await new Promise<void>((done) => wake = done);
      else if (failure !== undefined) throw failure;
      else return;
    }
  }
}
