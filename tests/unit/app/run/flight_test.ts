import { assertEquals } from "@std/assert";
import { createFlight, LANE } from "../../../../lib/app/run/flight.ts";

function flightOf(seen: unknown[] = []) {
  return createFlight({
    isExpected: (error) => error === "expected",
    onFailure: (error) => seen.push(error),
  });
}

Deno.test("what is being done is known until it ends", async () => {
  const flight = flightOf();
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  flight.begin({ key: LANE, criterion: "a", run: () => first.promise });
  flight.begin({ key: "attempt b", criterion: "b", run: () => second.promise });
  assertEquals([[...flight.busy].sort(), flight.lane], [["a", "b"], true]);
  first.resolve();
  await flight.landing([]);
  assertEquals([[...flight.busy], flight.lane], [["b"], false]);
  await flight.landing([Promise.resolve()]);
  assertEquals([...flight.busy], ["b"], "something else was waited for");
  second.resolve();
  await flight.allLanded();
  assertEquals([...flight.busy], []);
});

Deno.test("the first error that was not expected stands, and all are told", async () => {
  const seen: unknown[] = [];
  const flight = flightOf(seen);
  for (const error of ["expected", "first", "second"]) {
    flight.begin({ key: error, criterion: null, run: () => Promise.reject(error) });
  }
  await flight.allLanded();
  assertEquals(flight.failure, { error: "first" });
  assertEquals(seen, ["first", "second"]);
});
