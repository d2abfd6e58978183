import { assertEquals } from "@std/assert";
import { type Placement, REGISTRY } from "../../../lib/runtimes/mod.ts";
import { madeUpPlacement, madeUpRuntime } from "../../helpers/made_up_runtime.ts";
import { PlannedHome } from "../../helpers/planned_home.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

const FILE = ".madeup/madeup.json";

function host(approval: Partial<Placement["approval"]> = {}) {
  const placement = madeUpPlacement("madeup", {
    approval: {
      unasked: "none",
      approve: (tools) =>
        tools.map((tool) => ({ op: "set", path: ["rules", `ours_${tool}`], value: "allow" })),
      ...approval,
    },
  });
  return madeUpRuntime("madeup", { placement });
}

async function rules(home: PlannedHome): Promise<unknown> {
  return JSON.parse(await Deno.readTextFile(`${home.home}/${FILE}`)).rules;
}

async function withHome(body: (home: PlannedHome) => Promise<void>): Promise<void> {
  await using folder = await tempDir();
  await body(await new PlannedHome(folder.path).make());
}

Deno.test("nothing is approved unasked, for any runtime", () =>
  withHome(async (home) => {
    const hosts = REGISTRY.all.filter((one) => one.placement);
    const plan = await home.plan(hosts);
    const words = plan.changes.map(({ after }) => new TextDecoder().decode(after!))
      .filter((text) => !text.startsWith("---"));
    for (const { placement } of hosts) {
      for (const change of placement!.approval.approve(["ouroboros_status"])) {
        const mark = change.op === "set" ? change.path.at(-2)! : String(change.item);
        const key = change.op === "set" ? change.path.at(-1)! : mark;
        assertEquals(words.filter((text) => text.includes(mark) && text.includes(key)), []);
      }
    }
  }));

Deno.test("what was approved stays approved without being asked for, new tools are not", () =>
  withHome(async (home) => {
    await home.setUp([host()], { approve: true, around: { tools: ["a"] } });
    assertEquals(await rules(home), { ours_a: "allow" });
    await home.setUp([host()], { around: { tools: ["a", "b"] } });
    assertEquals(await rules(home), { ours_a: "allow" });
    assertEquals((await home.receipt())!.runtimes.madeup!.approved, ["a"]);
    await home.setUp([host()], { approve: true, around: { tools: ["b"] } });
    assertEquals(await rules(home), { ours_b: "allow" });
    assertEquals((await home.receipt())!.runtimes.madeup!.approved, ["b"]);
  }));

Deno.test("where the last rule wins, ours are moved behind one that came later, and back", () =>
  withHome(async (home) => {
    const last = host({ last: true });
    const tools = { around: { tools: ["a", "b"] }, approve: true };
    await home.write(FILE, '{\n  "rules": {\n    "x": "ask"\n  }\n}\n');
    const before = await home.tree();
    await home.setUp([last], tools);
    const path = `${home.home}/${FILE}`;
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, text.replace(/("ours_b": "allow")/, '$1,\n    "*": "ask"'));
    assertEquals((await home.setUp([last], tools)).unchanged, false);
    assertEquals(Object.keys(await rules(home) as object), ["x", "*", "ours_a", "ours_b"]);
    assertEquals((await home.plan([last], tools)).unchanged, true);
    await home.takeOut([last], { own: true });
    assertEquals(await rules(home), { x: "ask", "*": "ask" });
    await home.write(FILE, '{\n  "rules": {\n    "x": "ask"\n  }\n}\n');
    assertEquals(await home.tree(), before);
  }));

Deno.test("our tools are not approved while a server of the user's has our name", () =>
  withHome(async (home) => {
    const own = '{ "servers": { "ouroboros": { "command": "mine" } } }';
    await home.write(FILE, own);
    await home.setUp([host()], { approve: true });
    assertEquals(await Deno.readTextFile(`${home.home}/${FILE}`), own);
    assertEquals((await home.receipt())!.runtimes.madeup!.approved, undefined);
  }));
