import { assertEquals } from "@std/assert";
import { Ending } from "../../../lib/process/ending.ts";
import { OutputGate } from "../../../lib/process/output_gate.ts";
import { RawSink } from "../../../lib/process/output_sink.ts";
import { OutputStream } from "../../../lib/process/output_stream.ts";

function gate(limits: { outputBytes: number; stdoutBytes?: number }) {
  const ending = new Ending();
  const sink = new RawSink();
  const it = new OutputGate(limits, { ending, sink });
  const from = new OutputStream(ReadableStream.from([]), () => {});
  const take = (stream: "stdout" | "stderr", count: number) =>
    it.take(stream, new Uint8Array(count).fill(0x78), from);
  const counts = () => [sink.bytes("stdout").length, sink.bytes("stderr").length];
  return { ending, take, counts, from };
}

Deno.test("the limit counts both streams together, and what fits is kept", () => {
  const { ending, take, counts, from } = gate({ outputBytes: 100 });
  take("stdout", 60);
  take("stderr", 40);
  assertEquals(ending.cause, undefined);
  take("stdout", 1);
  assertEquals(ending.cause, { reason: "failed", limit: "output" });
  assertEquals(counts(), [60, 40]);
  assertEquals(from.tail.length, 100);
});

Deno.test("stdout may have a limit of its own, which is named", () => {
  const { ending, take, counts } = gate({ outputBytes: 1000, stdoutBytes: 10 });
  take("stderr", 500);
  take("stdout", 11);
  assertEquals(ending.cause, { reason: "failed", limit: "output", detail: "10 bytes" });
  assertEquals(counts(), [10, 500]);
});

Deno.test("H1.f after a stop stdout counts no more, and stderr 64 KiB at most", () => {
  const { ending, take, counts } = gate({ outputBytes: 1e6 });
  take("stdout", 5);
  ending.give("timed_out", { limit: "total" });
  take("stdout", 5);
  for (let i = 0; i < 10; i++) take("stderr", 10_000);
  assertEquals(counts(), [5, 65536]);
  assertEquals(ending.cause?.reason, "timed_out");
});
