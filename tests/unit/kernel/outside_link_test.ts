import { assertEquals } from "@std/assert";
import { outsideLinksText } from "../../../lib/kernel/outside_link.ts";

Deno.test("links that lead out are named with where they lead, a few of them", () => {
  const link = (path: string) => ({ path, target: "/etc" });
  assertEquals(outsideLinksText([link("x")]), "link leads out of the project: x -> /etc");
  assertEquals(
    outsideLinksText(["a", "b", "c", "d", "e", "f", "g"].map(link)),
    "links lead out of the project: a -> /etc, b -> /etc, c -> /etc, d -> /etc, e -> /etc and 2 more",
  );
});
