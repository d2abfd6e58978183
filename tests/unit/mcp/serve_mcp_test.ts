import { assertEquals } from "@std/assert";
import { serveMcp } from "../../../lib/mcp/serve_mcp.ts";
import { appBench } from "../../helpers/app_bench.ts";
import { mcpPromises } from "../../helpers/mcp_promises.ts";

mcpPromises();

Deno.test("mcp serve: a host that is gone before the server asks for it is gone", async () => {
  await using bench = await appBench();
  const talk = console.log;
  const [info, debug] = [console.info, console.debug];
  // Nobody closes it: another child of the host's holds the other end.
  const { readable, writable } = new TransformStream<Uint8Array>();
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), 20_000);
  try {
    const code = await serveMcp(bench.app, {
      ...{ input: readable, write: () => Promise.resolve(), err() {} },
      interrupt: late.signal,
      // This process has another parent by now.
      host: Deno.ppid + 1,
    });
    assertEquals([code, late.signal.aborted], [0, false]);
  } finally {
    clearTimeout(timer);
    Object.assign(console, { log: talk, info, debug });
    await writable.abort().catch(() => {});
  }
});
