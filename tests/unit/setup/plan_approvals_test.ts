import { assertEquals, assertStringIncludes } from "@std/assert";
import { type Placement, REGISTRY } from "../../../lib/runtimes/mod.ts";
import { madeUpPlacement, madeUpRuntime } from "../../helpers/made_up_runtime.ts";
import { PlannedHome } from "../../helpers/planned_home.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

const FILE = ".madeup/madeup.json";

/** Ids of those that take a text for all rules. */
const SHORT_HOSTS = REGISTRY.all.filter((one) => one.placement?.approval.short).map((one) =>
  one.id
);

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
      for (const change of placement!.approval.approve(["ouroboros_session_status"])) {
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

const SHORT = { short: { path: ["rules"], key: "*", all: "allow" }, last: true } as const;

Deno.test("a text that approves every tool stays: nothing is added, and that is said", () =>
  withHome(async (home) => {
    await home.write(FILE, '{\n  "rules": "allow"\n}\n');
    const plan = await home.setUp([host(SHORT)], { approve: true });
    assertEquals(plan.hosts[0]!.notes, [
      `Every tool is approved in "${home.home}/${FILE}" already (rules: "allow"): nothing is added to it`,
    ]);
    assertEquals((await home.receipt())!.runtimes.madeup!.approved, undefined);
    assertStringIncludes(
      await Deno.readTextFile(`${home.home}/${FILE}`),
      '"rules": "allow"',
    );
  }));

for (const id of [undefined, ...SHORT_HOSTS]) {
  Deno.test(`${id ?? "a host"}: a text in place of the rules is written out for ours, and comes back to the byte`, () =>
    withHome(async (home) => {
      const definition = id === undefined ? host(SHORT) : REGISTRY.require(id);
      const { approval } = definition.placement!;
      const { path: [key = ""] } = approval.short!;
      const file = id === undefined
        ? `${home.home}/${FILE}`
        : home.entryFile(definition.placement!);
      for (
        const text of [
          `{\n${
            definition.placement!.mcp.format === "json" ? "" : "  // mine\n"
          }  "${key}": "ask",\n  "theme": "x"\n}\n`,
          `{ "theme": "x", "${key}": "deny" }`,
        ]
      ) {
        const [rule] = /ask|deny/.exec(text)!;
        await home.write(file, text);
        const before = await home.tree();
        const options = { approve: true, around: { tools: ["a", "b"] } };
        await home.setUp([definition], options);
        const after = await Deno.readTextFile(file);
        const rules = JSON.parse(after.replace(/\/\/.*/, ""))[key];
        const ours = approval.approve(["a", "b"]).map((one) => one.path.at(-1)!);
        // Ours are the last: those win.
        assertEquals(Object.entries(rules), [
          ["*", rule],
          ...ours.map((one): [string, unknown] => [one!, "allow"]),
        ]);
        assertEquals((await home.plan([definition], options)).unchanged, true);
        await home.takeOut([definition], { own: true });
        assertEquals(await home.tree(), before);

        // A rule that came later needs the mapping: only ours go, and "all" still has its rule.
        await home.setUp([definition], options);
        const changed = await Deno.readTextFile(file);
        await Deno.writeTextFile(file, changed.replace(/("\*": "\w+")/, '$1, "mine": "deny"'));
        await home.takeOut([definition], { own: true });
        const left = JSON.parse((await Deno.readTextFile(file)).replace(/\/\/.*/, ""))[key];
        assertEquals(left, { "*": rule, mine: "deny" });
      }
    }));
}

Deno.test("what an approval reaches is noted where it is given first, and not where it is kept", () =>
  withHome(async (home) => {
    const notes = async (approve: boolean) => {
      const { hosts: [plan] } = await home.plan([host()], { approve });
      return plan!.notes.filter((one) => one.includes("have commands run as you")).length;
    };
    assertEquals([await notes(false), await notes(true)], [0, 1]);
    await home.setUp([host()], { approve: true });
    assertEquals(await notes(true), 0);
  }));
