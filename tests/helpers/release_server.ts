/** What a release server does wrong with one file. */
export type Fault =
  /** Sends half of it and drops the connection. */
  | "cut"
  /** Sends half of it, and nothing more, until it is closed. */
  | "stall"
  /** This HTTP status. */
  | number;

/** A server of a folder's files on loopback. */
export interface ReleaseServer extends AsyncDisposable {
  /** Its address, without a slash at the end. */
  readonly url: string;
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[];
  /** What goes wrong, by path. */
  readonly faults: Map<string, Fault>;
  /** Resolves when a file that stalls was begun. */
  readonly stalled: Promise<void>;
}

/** Serves the files of `folder` as a release host would: plain files, 404 for the rest. */
export function releaseServer(folder: string): ReleaseServer {
  const asked: string[] = [];
  const faults = new Map<string, Fault>();
  const stalled = Promise.withResolvers<void>();
  const stop = new AbortController();
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
    signal: stop.signal,
  }, async (request) => {
    const path = decodeURIComponent(new URL(request.url).pathname);
    asked.push(path);
    const fault = faults.get(path);
    if (typeof fault === "number") return new Response("no", { status: fault });
    const bytes = await Deno.readFile(folder + path).catch(() => undefined);
    if (bytes === undefined) return new Response("not found", { status: 404 });
    if (fault === undefined) return new Response(bytes);
    const length = { "content-length": String(bytes.length) };
    const half = bytes.slice(0, bytes.length / 2);
    return new Response(
      new ReadableStream({
        start(out) {
          out.enqueue(half);
          if (fault === "cut") out.error(new Error("cut"));
          else stalled.resolve();
        },
      }),
      { headers: length },
    );
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    asked,
    faults,
    stalled: stalled.promise,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await server.finished.catch(() => {});
    },
  };
}
