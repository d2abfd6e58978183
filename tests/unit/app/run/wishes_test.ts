import { assertEquals } from "@std/assert";
import { createWishes } from "../../../../lib/app/run/wishes.ts";

const wish = (criterion: string) => ({ criterion, by: "ada", reason: "fine", withoutWork: false });

Deno.test("wishes wait in their order until they are done, and wake who waits for one", async () => {
  const wishes = createWishes();
  const [a, b] = [wish("a"), wish("b")];
  let woken = 0;
  const arrival = wishes.arrival().then(() => woken++);
  wishes.add(a);
  await arrival;
  wishes.add(b);
  assertEquals([wishes.waiting.map((one) => one.criterion), woken], [["a", "b"], 1]);
  wishes.done(a);
  wishes.done(a);
  assertEquals(wishes.waiting, [b], "done twice is done");
});
