/** Several set-ups of one home at the same moment, seen from outside. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { setupBench } from "../helpers/setup_bench.ts";
import { differences } from "../helpers/setup_snapshot.ts";

const ROUNDS = 3;
const AT_ONCE = 4;

Deno.test({
  name: `of ${AT_ONCE} set-ups at once one is made, and the others are told of it in plain words`,
  ignore: Deno.build.os === "windows",
  fn: async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await using bench = await setupBench();
      const start = await bench.snapshot();
      const ends = await Promise.all(Array.from({ length: AT_ONCE }, () => bench.setup("all")));
      assert(ends.some((end) => end.code === 0), ends.map((end) => end.stderr).join("\n"));
      for (const { code, stderr } of ends.filter((end) => end.code !== 0)) {
        assertEquals(code, 1, stderr);
        assertMatch(stderr, /another ouroboros (\(pid \d+\) )?(is|was) at work/);
        assertMatch(stderr, /Try: (Wait for it to end|Run the same command again)/);
        assert(!/os error|lstat|readlink|cut off|internal|defect/.test(stderr), stderr);
      }
      const status = await bench.run(["setup", "--status"]);
      assertEquals(status.code, 0, status.stdout + status.stderr);
      const back = await bench.uninstall();
      assertEquals(back.code, 0, back.stdout + back.stderr);
      assertEquals(differences(start, await bench.snapshot()), []);
    }
  },
});
