import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { childMarker, markerText, workerMarker } from "../../../lib/process/marker.ts";
import { random } from "../../helpers/process_fixture.ts";

Deno.test("a search for one child's marker finds no sibling", () => {
  const worker = workerMarker({ marker: "w", random });
  assert(!markerText(childMarker(worker, 12)).includes(markerText(childMarker(worker, 1))));
});

Deno.test("a search for a worker's marker finds all its children", () => {
  const worker = workerMarker({ marker: "w", random });
  assert(markerText(childMarker(worker, 12)).includes(markerText(worker)));
  assert(
    !markerText(childMarker(workerMarker({ marker: "w2", random }), 1)).includes(
      markerText(worker),
    ),
  );
});

Deno.test("a worker below a worker is found from above, and does not find what is above", () => {
  const outer = childMarker(workerMarker({ random }), 3);
  const inner = workerMarker({ parent: outer, random });
  assert(markerText(childMarker(inner, 1)).includes(markerText(outer)));
  assert(!markerText(outer).includes(markerText(inner)));
});

Deno.test("without a name each worker has its own marker", () => {
  assertMatch(workerMarker({ random }), /^[0-9a-f]{16}\.$/);
  assertNotEquals(workerMarker({ random }), workerMarker({ random }));
});

Deno.test("what no marker may hold is replaced, and a foreign parent is left out", () => {
  assertEquals(workerMarker({ marker: "run 1\n", random }), "run-1-.");
  assertEquals(workerMarker({ marker: "w", parent: "no-dot-at-the-end", random }), "w.");
});
