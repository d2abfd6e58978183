import { assertEquals } from "@std/assert";
import { appBench } from "../../../helpers/app_bench.ts";

Deno.test({
  name: "what lies too deep to be read is said to be left out of the work, in a line",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using bench = await appBench({
      files: {
        "seed.yaml": `schema: 1
goal: One file
acceptance_criteria: [{ id: one, description: one.txt, check: { run: test -e one.txt } }]
`,
      },
      // 600 folders within one another: each part is moved to the end of the next one.
      play: `echo x > one.txt; mkdir deep; inside=$(printf 'deepdeep/%.0s' $(seq 100))
        for part in 1 2 3 4 5 6; do
          mkdir -p "part/$inside"; mv deep "part/$inside"; mv part deep
        done`,
    });
    const { view, progress } = await bench.start({});
    assertEquals(view.state, "passed");
    const said = progress.flatMap((one) =>
      one.type === "notice" && one.text.includes("left out") ? [one.text] : []
    );
    assertEquals(said, [
      `What is new in "deep/${"deepdeep/".repeat(7).slice(0, 55)}…" is left out of the work on ` +
      "criterion one: the folder lies too deep or cannot be read",
    ]);
  },
});
