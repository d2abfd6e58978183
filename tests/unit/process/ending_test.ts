import { assertEquals } from "@std/assert";
import { Ending } from "../../../lib/process/ending.ts";

Deno.test("the first reason wins: a cancel after a time-out stays a time-out", async () => {
  const ending = new Ending();
  ending.give("timed_out", { limit: "idle" });
  ending.give("cancelled");
  await ending.asked;
  assertEquals(ending.conclude("completed"), { reason: "timed_out", limit: "idle" });
});

Deno.test("a stop after the child's own end comes too late", () => {
  const ending = new Ending();
  ending.close();
  ending.give("cancelled");
  assertEquals(ending.conclude("completed"), { reason: "completed" });
  ending.give("failed", { limit: "output" });
  assertEquals(ending.cause, { reason: "completed" });
});

Deno.test("too much output still counts after the exit", () => {
  const ending = new Ending();
  ending.close();
  ending.give("failed", { limit: "output" });
  assertEquals(ending.conclude("completed"), { reason: "failed", limit: "output" });
});
