import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { openConfigFile } from "../../../lib/app/config/config_file.ts";
import { setConfig } from "../../../lib/app/config/config_set.ts";
import { doctor } from "../../../lib/app/doctor.ts";
import { rootTrouble } from "../../../lib/app/root_trouble.ts";
import { setupStatus } from "../../../lib/app/setup_status.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { type SetupApp, setupApp } from "../../helpers/setup_app.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

/** What uses our folder, and has to write there or to look into it. */
const USES: Readonly<Record<string, (bench: SetupApp) => Promise<unknown>>> = {
  setup: (bench) => bench.setup({ names: ["ant"] }),
  "setup --dry-run": (bench) => bench.setup({ names: ["ant"], dryRun: true }),
  "setup --status": ({ app }) =>
    setupStatus(app, { names: [], tools: [], interrupt: new AbortController().signal }),
  uninstall: (bench) => bench.uninstall(),
  "config set": ({ app }) => setConfig(app, { key: "run.attempts", value: "2" }, { dryRun: false }),
  journal: ({ app }) => app.journal(),
};

const RAW = /os error|Requires|--allow|lstat|mkdir/;

Deno.test({
  name: "a place in which no folder can be made is told by the variable that names it, with exit 1",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using dir = await tempDir();
    await Deno.writeTextFile(`${dir.path}/file`, "mine");
    const system = Deno.build.os === "linux" ? ["/proc/x", "/sys/x"] : [];
    const places = [...system, "/dev/null/x", `${dir.path}/file`, `${dir.path}/file/x/y`];
    for (const place of places) {
      await using bench = await setupApp({ env: { OUROBOROS_HOME: place } });
      const before = await bench.tree();
      for (const [name, use] of Object.entries(USES)) {
        const error = await assertRejects(() => use(bench), OuroborosError, undefined, name);
        assertEquals([error.code, error.exitCode], ["not_writable", 1], `${name}: ${place}`);
        const { message, hint = "" } = error;
        assertEquals(message.startsWith(`Use "${place}", which OUROBOROS_HOME names: `), true);
        assertEquals([RAW.test(message), hint.endsWith("unset OUROBOROS_HOME")], [false, true]);
      }
      const { ready, sections } = await doctor(bench.app);
      const bad = sections.flatMap((one) => one.findings).filter((one) => one.level === "bad");
      assertEquals(ready, false);
      for (const { text } of bad) {
        assertMatch(text, /OUROBOROS_HOME/);
        assertEquals(RAW.test(text), false, text);
      }
      assertEquals(await bench.tree(), before);
    }
  },
});

Deno.test({
  name: "what is read below a file is told so too, and no file of the system's is to be moved",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using bench = await setupApp({ env: { OUROBOROS_HOME: "/dev/null/x" } });
    for (const read of [() => openConfigFile(bench.app), () => bench.app.config()]) {
      const error = await assertRejects(read, OuroborosError, "which OUROBOROS_HOME names");
      assertEquals(error.hint?.includes("mv "), false);
    }
  },
});

Deno.test("other errors stay as they are", async () => {
  await using bench = await setupApp({ env: { OUROBOROS_HOME: "~/ours" } });
  await bench.write("ours/config.yaml/a file", "in the way");
  await bench.write(".ant/ant.json", "[broken");
  const config = await assertRejects(() => bench.app.config(), OuroborosError);
  const host = await assertRejects(() => bench.setup({ names: ["ant"] }), OuroborosError);
  for (const { message } of [config, host]) assertEquals(message.includes("OUROBOROS_HOME"), false);
  const none = new Error('Write "/proc": no');
  assertEquals(await rootTrouble(bench.app, none), none);

  await using usual = await setupApp();
  const error = new OuroborosError({
    code: "not_writable",
    message: `Write "${usual.app.paths.root}": the folder is read-only`,
  });
  assertEquals(await rootTrouble(usual.app, error), error);
});
