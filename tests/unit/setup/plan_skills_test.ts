import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { madeUpPlacement, madeUpRuntime } from "../../helpers/made_up_runtime.ts";
import { PlannedHome } from "../../helpers/planned_home.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

const HOST = madeUpRuntime("madeup", { placement: madeUpPlacement("madeup") });
const SKILLS = ".madeup/skills";
const RUN = `${SKILLS}/ouroboros-run/SKILL.md`;

async function withHome(body: (home: PlannedHome) => Promise<void>): Promise<void> {
  await using folder = await tempDir();
  await body(await new PlannedHome(folder.path).make());
}

async function read(home: PlannedHome, path: string): Promise<string> {
  return await Deno.readTextFile(`${home.home}/${path}`);
}

Deno.test("a skill that somebody changed stays changed, and is known as ours all the same", () =>
  withHome(async (home) => {
    await home.setUp([HOST]);
    const changed = `${await read(home, RUN)}And a line of mine\n`;
    await home.write(RUN, changed);
    for (const version of ["1.0.0", "2.0.0"]) {
      const plan = await home.setUp([HOST], { around: { version } });
      assertEquals(await read(home, RUN), changed);
      const kept = plan.hosts[0]!.files.filter((file) => file.action === "kept");
      assertEquals(kept.map((file) => [file.path, file.what]), [
        [`${home.home}/${RUN}`, 'skill "ouroboros-run"'],
      ]);
      assertStringIncludes(kept[0]!.note!, "changed since it was installed");
    }
    const receipt = await home.receipt();
    assert(receipt!.runtimes.madeup!.files.some((file) => file.path.endsWith("run/SKILL.md")));
  }));

Deno.test("a file that is not ours is in nobody's way: it stays, with how to make room", () =>
  withHome(async (home) => {
    await home.write(RUN, "a skill of the user's own");
    const plan = await home.setUp([HOST]);
    assertEquals(await read(home, RUN), "a skill of the user's own");
    const kept = plan.hosts[0]!.files.find((file) => file.action === "kept");
    assertStringIncludes(kept!.note!, "mv ");
    const receipt = await home.receipt();
    assert(!receipt!.runtimes.madeup!.files.some((file) => file.path.endsWith("run/SKILL.md")));
    // The rest of the bundle and the other bundle are there.
    assert((await read(home, `${SKILLS}/ouroboros-help/SKILL.md`)).startsWith("---"));
    assertEquals((await home.plan([HOST])).hosts[0]!.state, "yours");
  }));

Deno.test("copies of ours that no receipt knows are taken over", () =>
  withHome(async (home) => {
    await home.setUp([HOST]);
    await Deno.remove(`${home.root}/install.json`);
    const plan = await home.setUp([HOST], { around: { version: "2.0.0" } });
    assertEquals(plan.hosts[0]!.state, "stale");
    assertStringIncludes(await read(home, RUN), "2.0.0");
    assertEquals(plan.hosts[0]!.files.filter((file) => file.action === "kept"), []);
  }));

Deno.test("a skill of the original's under our name is replaced", () =>
  withHome(async (home) => {
    const former = {
      ...madeUpPlacement("madeup"),
      former: {
        paths: ["skills/ouroboros-*"],
        entries: [],
        blocks: [],
      },
    };
    const host = madeUpRuntime("madeup", { placement: former });
    await home.write(RUN, "---\nname: run\ndescription: x\nmcp_tool: ouroboros_run\n---\n");
    const plan = await home.setUp([host]);
    assertStringIncludes(await read(home, RUN), "name: ouroboros-run");
    assertEquals(plan.hosts[0]!.notes, []);
  }));

Deno.test("a broken bundle is left out and named, the others are installed", () =>
  withHome(async (home) => {
    await home.write(`${home.bundles}/bad/SKILL.md`, "no front matter");
    const plan = await home.setUp([HOST]);
    assertEquals(plan.hosts[0]!.notes, ['Skill "bad" is broken and is left out']);
    assert((await read(home, RUN)).includes("name: ouroboros-run"));
    assertEquals(await home.plan([HOST]).then((again) => again.unchanged), true);
  }));
