import { assert, assertEquals, assertRejects } from "@std/assert";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { appBench, openApp } from "../../helpers/app_bench.ts";

const EVENT = { type: "thing.happened", schema: 1, data: {} };
/** Windows removes no file that is open. */
const ignore = Deno.build.os === "windows";

Deno.test("a journal is opened once, and closed with the app", async () => {
  await using bench = await appBench();
  const { app } = bench;
  const [one, other] = await Promise.all([app.journal(), app.journal()]);
  assert(one === other);
  assert(one === await app.journal());
});

Deno.test({
  name: "a journal whose folder was removed is opened anew, by all who need it in one moment",
  ignore,
  async fn() {
    await using bench = await appBench();
    const { app } = bench;
    const before = await app.journal();
    await before.append("run:a", [EVENT]);
    await Deno.remove(app.paths.root, { recursive: true });
    const [now, too] = await Promise.all([app.journal(), app.journal()]);
    assert(now !== before);
    assert(now === too);
    assertEquals(await now.head(), 0);
    await now.append("run:b", [EVENT]);
    // Whoever is still at the one before is told, and does no harm to the one that is there now.
    await assertRejects(
      () => before.append("run:a", [EVENT]),
      OuroborosError,
      "removed or replaced",
    );
    await before.close();
    const other = openApp(bench);
    const streams = await (await other.journal()).streams({ prefix: "", limit: 9 });
    await other.close();
    assertEquals(streams.map((one) => one.stream), ["run:b"], "another process reads the same");
  },
});
