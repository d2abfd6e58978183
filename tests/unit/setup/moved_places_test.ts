import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { REGISTRY, type RuntimeDefinition } from "../../../lib/runtimes/mod.ts";
import { PlannedHome } from "../../helpers/planned_home.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

/** A host with a variable that moves it. */
interface MovedHost {
  host: RuntimeDefinition;
  name: string;
}

const HOSTS = REGISTRY.all.filter((one) => one.placement !== undefined);
const FOLDERS: MovedHost[] = HOSTS.flatMap((host) => {
  const { env, xdg } = host.placement!.home;
  const names = [env, xdg === undefined ? undefined : "XDG_CONFIG_HOME"];
  return names.flatMap((name) => name === undefined ? [] : [{ host, name }]);
});
const FILES: MovedHost[] = HOSTS.flatMap((host) => {
  const name = host.placement!.mcp.fileEnv;
  return name === undefined ? [] : [{ host, name }];
});

async function planWith(home: PlannedHome, { host, name }: MovedHost, value: string) {
  const variable = (asked: string) => asked === name ? value : undefined;
  return await home.plan([host], { around: { variable } });
}

async function refusal(home: PlannedHome, moved: MovedHost, value: string) {
  const before = await home.tree();
  const error = await assertRejects(() => planWith(home, moved, value), OuroborosError);
  assertEquals(error.code, "host_file_unusable", error.message);
  assertStringIncludes(error.message, moved.name);
  assertEquals(await home.tree(), before);
  return error;
}

Deno.test("a variable that holds no absolute path stops the plan, with the line that mends it", async () => {
  await using folder = await tempDir();
  const home = await new PlannedHome(folder.path).make();
  for (const moved of [...FOLDERS, ...FILES]) {
    const { name } = moved;
    const hints: Record<string, string> = {
      "cfg": `export ${name}="$PWD/cfg", or unset ${name}`,
      "./my cfg": `export ${name}="$PWD/my cfg", or unset ${name}`,
      "~/cfg": `export ${name}="$HOME/cfg", or unset ${name}`,
      "~": `export ${name}="$HOME", or unset ${name}`,
      "~ada/cfg": `unset ${name}`,
      'a"$(id)': `unset ${name}`,
    };
    for (const [value, hint] of Object.entries(hints)) {
      const error = await refusal(home, moved, value);
      assertStringIncludes(error.message, `"${value}"`);
      assertEquals(error.hint, hint);
    }
  }
});

Deno.test("what a variable leads to is never to be moved away: the variable is", async () => {
  await using folder = await tempDir();
  const home = await new PlannedHome(folder.path).make();
  const file = `${home.home}/notes.txt`;
  await home.write(file, "mine");
  await Deno.symlink("nowhere", `${home.home}/dangling`);
  const cases = [
    ...FOLDERS.flatMap((moved) =>
      [file, `${file}/below`, `${home.home}/dangling`].map((value) => ({ moved, value }))
    ),
    ...FILES.flatMap((moved) =>
      [home.home, "/dev/null", `${file}/below`, `${home.home}/dangling`].map((value) => ({
        moved,
        value,
      }))
    ),
  ];
  for (const { moved, value } of cases) {
    const error = await refusal(home, moved, value);
    const kind = FILES.includes(moved) ? "file" : "folder";
    const { name } = moved;
    assertEquals(error.hint, `unset ${name}, or set it to a ${kind} that this program may change`);
    assert(!error.message.includes("stand in the way"), "said once, not for each file");
  }
});

Deno.test("each variable's note names what it moved", async () => {
  await using folder = await tempDir();
  const home = await new PlannedHome(folder.path).make();
  for (const moved of FOLDERS) {
    const place = moved.name === "XDG_CONFIG_HOME"
      ? `${folder.path}/m/${moved.host.placement!.home.xdg}`
      : `${folder.path}/m`;
    const { hosts: [plan] } = await planWith(home, moved, `${folder.path}/m`);
    assertEquals(plan!.notes, [`Moved by ${moved.name}: its folder is "${place}"`]);
  }
  for (const moved of FILES) {
    const { hosts: [plan] } = await planWith(home, moved, `${folder.path}/own.json`);
    const file = `configuration file with the server is "${folder.path}/own.json"`;
    assertEquals(plan!.notes, [`Moved by ${moved.name}: its ${file}`]);
  }
});
