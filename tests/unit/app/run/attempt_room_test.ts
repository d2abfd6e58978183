import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { openRoom, runTmp } from "../../../../lib/app/run/attempt_room.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

const AT = { runId: "run_1", name: "c-a-1" };

Deno.test("an attempt has a folder for temporary files of its own, which goes with it", async () => {
  await using root = await tempDir();
  const at = { ...AT, systemTmp: root.path };
  {
    await using room = await openRoom(at, { port: false });
    const dir = join(runTmp(root.path, "run_1"), "c-a-1");
    assertEquals(room.env, { TMPDIR: dir, TMP: dir, TEMP: dir });
    assertEquals((await Deno.stat(dir)).mode! & 0o777, 0o700);
    await Deno.writeTextFile(join(dir, "left"), "x");
  }
  assertEquals([...Deno.readDirSync(runTmp(root.path, "run_1"))], []);
});

Deno.test("a folder that somebody else made first is not used", async () => {
  await using root = await tempDir();
  await Deno.mkdir(runTmp(root.path, "run_1"), { mode: 0o755 });
  await Deno.chmod(runTmp(root.path, "run_1"), 0o777);
  await using room = await openRoom({ ...AT, systemTmp: root.path }, { port: false });
  assertEquals(room.env, {});
  await Deno.remove(runTmp(root.path, "run_1"));
  await Deno.symlink("/", runTmp(root.path, "run_1"));
  await using other = await openRoom({ ...AT, systemTmp: root.path }, { port: false });
  assertEquals(other.env, {});
});

Deno.test("where agents work side by side each has a port of its own that nobody listens on", async () => {
  await using root = await tempDir();
  const open = (name: string) => openRoom({ ...AT, name, systemTmp: root.path }, { port: true });
  await using rooms = new AsyncDisposableStack();
  const ports = new Set<number>();
  for (let index = 0; index < 20; index++) {
    const { env } = rooms.use(await open(`c-a-${index}`));
    ports.add(Number(env.PORT));
  }
  assertEquals(ports.size, 20);
  for (const port of ports) {
    // Outside of what a system hands out by itself, so that nothing takes it meanwhile.
    assert(port >= 20_000 && port < 32_000, String(port));
    Deno.listen({ hostname: "127.0.0.1", port }).close();
  }
});
