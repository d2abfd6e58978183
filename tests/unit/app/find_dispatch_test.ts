import { assert, assertEquals } from "@std/assert";
import { findDispatch } from "../../../lib/app/find_dispatch.ts";
import { benchPlaces, openApp } from "../../helpers/app_bench.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

Deno.test("a file whose name has blanks is meant as a whole, and another one wants quotes", async () => {
  await using dir = await tempDir();
  const places = benchPlaces(dir.path);
  await Deno.mkdir(`${places.project}/a folder`, { recursive: true });
  await Deno.writeTextFile(`${places.project}/my seed.yaml`, "");
  const app = openApp(places);
  const pathOf = async (text: string) => {
    const found = await findDispatch(app, `ooo run ${text}`);
    return found.kind === "resolved" ? found.args.seed_path : found.kind;
  };
  assertEquals(await pathOf("./my seed.yaml"), "./my seed.yaml");
  assertEquals(await pathOf(`${places.project}/my seed.yaml`), `${places.project}/my seed.yaml`);
  assertEquals(await pathOf("./your seed.yaml"), "invalid_skill");
  assertEquals(await pathOf('"./your seed.yaml"'), "./your seed.yaml");
  assertEquals(await pathOf("a folder"), "invalid_skill");
  await app.close();
});

Deno.test("ours come before the user's own, which are found beside them", async () => {
  await using dir = await tempDir();
  const places = benchPlaces(dir.path);
  await Deno.mkdir(places.project);
  for (const name of ["status", "mine"]) {
    await Deno.mkdir(`${dir.path}/ours/skills/${name}`, { recursive: true });
    await Deno.writeTextFile(
      `${dir.path}/ours/skills/${name}/SKILL.md`,
      `---\nname: ${name}\ndescription: d\nmcp_tool: my_tool\nmcp_args: { a: "$1" }\n---\n`,
    );
  }
  const app = openApp(places);
  const mine = await findDispatch(app, "ooo mine x");
  assertEquals(mine, { kind: "resolved", skill: "mine", tool: "my_tool", args: { a: "x" } });
  const status = await findDispatch(app, "ooo status");
  assert(status.kind === "resolved" && status.tool !== "my_tool");
  await app.close();
});
