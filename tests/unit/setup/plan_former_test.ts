import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type Placement, REGISTRY } from "../../../lib/runtimes/mod.ts";
import { madeUpPlacement, madeUpRuntime } from "../../helpers/made_up_runtime.ts";
import { PlannedHome } from "../../helpers/planned_home.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

const PLACEMENT = madeUpPlacement("madeup", {
  former: {
    paths: ["rules/ouroboros.md", "rules/ouroboros-*", "plugins/ouroboros-bridge"],
    entries: [{ file: "old.json", format: "json", keyPath: ["servers", "ouroboros"] }],
    blocks: [{ file: "GUIDE.md", start: "<!-- o:start -->", end: "<!-- o:end -->" }],
    items: [{ keyPath: ["plugin"], ending: "/ouroboros-bridge.ts" }],
  },
});
const HOST = madeUpRuntime("madeup", { placement: PLACEMENT });
const UVX = { command: "uvx", args: ["ouroboros-ai", "mcp", "serve"] };

async function withHome(body: (home: PlannedHome) => Promise<void>): Promise<void> {
  await using folder = await tempDir();
  await body(await new PlannedHome(folder.path).make());
}

async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}

Deno.test("files of the original go with the folders that were its, others stay and are named", () =>
  withHome(async (home) => {
    const base = `${home.home}/.madeup`;
    await home.write(`${base}/rules/ouroboros.md`, "# Ouroboros for Codex\n\nType `ooo run`\n");
    await home.write(`${base}/rules/ouroboros-notes.md`, "my notes on Ouroboros");
    await home.write(`${base}/plugins/ouroboros-bridge/ouroboros-bridge.ts`, "// Ouroboros\n");
    const plan = await home.setUp([HOST]);
    assertEquals(await exists(`${base}/rules/ouroboros.md`), false);
    assertEquals(await exists(`${base}/plugins/ouroboros-bridge`), false);
    assertEquals(await exists(`${base}/plugins`), true);
    assertEquals(
      await Deno.readTextFile(`${base}/rules/ouroboros-notes.md`),
      "my notes on Ouroboros",
    );
    assertStringIncludes(plan.hosts[0]!.notes.join("\n"), `"${base}/rules/ouroboros-notes.md"`);
    assertEquals(plan.hosts[0]!.state, "stale");
    assertEquals((await home.plan([HOST])).unchanged, true);
    const notes = (await home.takeOut([HOST], { own: true })).hosts[0]!.notes.join("\n");
    assertStringIncludes(notes, `"${base}/rules/ouroboros.md" of an earlier installer went with`);
    assertStringIncludes(notes, "ouroboros-bridge.ts");
  }));

Deno.test("its entry goes from a file that the host does not read; a user's own stays", () =>
  withHome(async (home) => {
    const path = `${home.home}/.madeup/old.json`;
    const own = { servers: { ouroboros: { command: "mine" }, other: { command: "x" } } };
    await home.write(path, JSON.stringify(own));
    await home.setUp([HOST]);
    assertEquals(JSON.parse(await Deno.readTextFile(path)), own);
    const theirs = JSON.stringify({ servers: { ouroboros: UVX, other: { command: "x" } } });
    await home.write(path, theirs);
    await home.setUp([HOST]);
    assertEquals(JSON.parse(await Deno.readTextFile(path)), {
      servers: { other: { command: "x" } },
    });
    await home.takeOut([HOST], { own: true });
    assertEquals(await Deno.readTextFile(path), theirs);
  }));

Deno.test("a leftover that cannot be read stops no setup, and is named", () =>
  withHome(async (home) => {
    await home.write(".madeup/old.json", "{ broken");
    await home.write(".madeup/GUIDE.md", "<!-- o:start -->\nno end\n");
    const plan = await home.setUp([HOST]);
    const notes = plan.hosts[0]!.notes.join("\n");
    assertStringIncludes(notes, "old.json");
    assertStringIncludes(notes, "GUIDE.md");
    assertEquals(await Deno.readTextFile(`${home.home}/.madeup/old.json`), "{ broken");
  }));

Deno.test("its section in a person's Markdown stays and is named; its items go from their lists", () =>
  withHome(async (home) => {
    await home.write(
      ".madeup/GUIDE.md",
      "# Mine\n\n<!-- o:start -->\nguide\n<!-- o:end -->\nend\n",
    );
    const list = '{\n  "plugin": ["mine", "/x/plugins/ouroboros-bridge.ts"]\n}\n';
    await home.write(".madeup/madeup.json", list);
    const guide = await Deno.readTextFile(`${home.home}/.madeup/GUIDE.md`);
    const plan = await home.setUp([HOST]);
    assertEquals(await Deno.readTextFile(`${home.home}/.madeup/GUIDE.md`), guide);
    assertStringIncludes(plan.hosts[0]!.notes.join("\n"), "GUIDE.md");
    const file = JSON.parse(await Deno.readTextFile(`${home.home}/.madeup/madeup.json`));
    assertEquals(file.plugin, ["mine"]);
    assert(file.servers.ouroboros);
    await home.takeOut([HOST], { own: true });
    assertEquals(await Deno.readTextFile(`${home.home}/.madeup/madeup.json`), list);
  }));

Deno.test("every runtime's own list of what the original left is acted on", async () => {
  for (const definition of REGISTRY.all) {
    const placement: Placement | undefined = definition.placement;
    if (placement === undefined) continue;
    await withHome(async (home) => {
      for (const { file, keyPath } of placement.former.entries) {
        const entry = keyPath.reduceRight<unknown>((value, key) => ({ [key]: value }), UVX);
        await home.write(home.hostFile(placement, file), JSON.stringify(entry));
      }
      for (const { file, start, end } of placement.former.blocks) {
        await home.write(home.hostFile(placement, file), `mine\n\n${start}\nx\n${end}\n`);
      }
      const folder = `${home.hostFile(placement, placement.skills.dir)}`;
      const bundle = placement.former.paths.find((path) => path.startsWith(placement.skills.dir));
      const skill = bundle === undefined
        ? undefined
        : `${folder}/${bundle.endsWith("*") ? "ouroboros-" : ""}evolve/SKILL.md`;
      const text = "---\nname: evolve\ndescription: x\n---\n# /ouroboros:evolve\n";
      if (skill) await home.write(skill, text);
      await home.setUp([definition]);
      for (const { file, keyPath } of placement.former.entries) {
        const left = await Deno.readTextFile(home.hostFile(placement, file));
        assert(!left.includes(keyPath.at(-1)!), `${definition.id}: ${left}`);
      }
      for (const { file, start, end } of placement.former.blocks) {
        const left = await Deno.readTextFile(home.hostFile(placement, file));
        assertEquals(left, `mine\n\n${start}\nx\n${end}\n`, definition.id);
      }
      if (skill) assertEquals(await exists(skill), false, definition.id);
      assertEquals((await home.plan([definition])).unchanged, true, definition.id);
    });
  }
});

Deno.test("a folder of the original's that ours were put in goes with them, unless a person's file is in it", async () => {
  for (const definition of REGISTRY.all) {
    const { placement } = definition;
    const bundle = placement?.former.paths.find((path) => path.startsWith(placement.skills.dir));
    if (placement === undefined || bundle === undefined) continue;
    for (const mine of [false, true]) {
      await withHome(async (home) => {
        const skills = home.hostFile(placement, placement.skills.dir);
        await Deno.mkdir(skills, { recursive: true });
        // The folder of all skills is the original's only where its own path says so.
        const own = home.hostFile(placement, bundle) === skills;
        const folder = `${skills}/${placement.skills.prefix}run`;
        const skill = "---\nname: run\ndescription: x\n---\n# /ouroboros:run\n";
        await home.write(`${folder}/SKILL.md`, skill);
        if (mine) await home.write(`${folder}/notes.md`, "mine\n");
        await home.setUp([definition]);
        await home.takeOut([definition], { own: true });
        const there = [await exists(folder), await exists(skills)];
        assertEquals(there, [mine, mine || !own], definition.id);
        if (mine) assertEquals(await Deno.readTextFile(`${folder}/notes.md`), "mine\n");
      });
    }
  }
});
