import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { detach } from "../../../lib/process/detach.ts";
import { startTimeOf } from "../../../lib/process/process_table.ts";
import { eventually, withProcesses } from "../../helpers/process_fixture.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

const onUnix = Deno.build.os !== "windows";

Deno.test({
  name: "a detached program is in a session of its own, with our environment, into its log",
  ignore: !onUnix,
  fn: async () => {
    await using dir = await tempDir();
    const log = join(dir.path, "log");
    Deno.env.set("HANDED_ON", "a value");
    try {
      const script = 'echo $$ $(ps -o sid= -p $$); echo "$HANDED_ON $PWD $1"; ' +
        "echo talk >&2; read -r x; exit 3";
      const { pid, ended } = await detach({
        argv: ["sh", "-c", script, "sh", "an  argument"],
        cwd: dir.path,
        log,
        label: "test",
      });
      assertEquals(await codeOf(ended), 3, "stdin is at its end");
      const [ids = "", words, talk] = (await Deno.readTextFile(log)).split("\n");
      const [own, session] = ids.split(" ").map(Number);
      assertEquals(own, pid);
      assertNotEquals(session, await sessionOf(Deno.pid));
      assertEquals([words, talk], [`a value ${dir.path} an  argument`, "talk"]);
      assertEquals((await Deno.stat(log)).mode! & 0o777, 0o600);
    } finally {
      Deno.env.delete("HANDED_ON");
    }
  },
});

Deno.test({
  name: "closing the process room ends a child and leaves what was detached alone",
  ignore: !onUnix,
  fn: async () => {
    await using dir = await tempDir();
    const log = join(dir.path, "log");
    let pid = 0;
    let ended = Promise.resolve(0);
    await withProcesses(async (processes) => {
      const argv: [string, ...string[]] = ["sh", "-c", "echo here; exec sleep 60"];
      const detached = await processes.detach({ argv, cwd: dir.path, log, label: "test" });
      ({ pid, ended } = detached);
      assert(await eventually(async () => (await Deno.readTextFile(log)).includes("here")));
      const self = await processes.self();
      assertEquals(await processes.look(self), "running");
    });
    Deno.kill(pid, "SIGSTOP");
    await withProcesses(async (processes) => {
      const id = { pid, startTime: await startTimeOf(pid) ?? "" };
      assert(await eventually(async () => await processes.look(id) === "stopped"));
      assertEquals(await processes.alive(id), true);
      Deno.kill(pid, "SIGKILL");
      assertEquals(await codeOf(ended), 137);
      assertEquals(await processes.look(id), "gone");
    });
  },
});

Deno.test({
  name: "a program that was left is nobody's descendant, goes on, and hears Ctrl-C as any other",
  ignore: !onUnix,
  fn: async () => {
    await using dir = await tempDir();
    const log = join(dir.path, "log");
    const script = "trap 'echo heard; exit' INT; echo here; while :; do sleep 0.05; done";
    const { pid, ended, leave } = await detach({
      ...{ argv: ["sh", "-c", script], cwd: dir.path, log, label: "test" },
    });
    const said = async (word: string) => (await Deno.readTextFile(log)).includes(word);
    assert(await eventually(() => said("here")));
    leave();
    assertEquals(await codeOf(ended), 137);
    assert(await eventually(async () => !(await ancestorsOf(pid)).includes(Deno.pid)));
    Deno.kill(pid, "SIGINT");
    assert(await eventually(() => said("heard")));
    assert(await eventually(async () => await startTimeOf(pid) === undefined));
  },
});

Deno.test("a log that cannot be written is named, and nothing starts", async () => {
  await using dir = await tempDir();
  const log = join(dir.path, "none", "log");
  const error = await assertRejects(
    () => detach({ argv: ["sh", "-c", "exit"], cwd: dir.path, log, label: "test" }),
    OuroborosError,
    `Write "${log}"`,
  );
  assertEquals(error.code, "not_writable");
});

async function column(name: string, pid: number): Promise<number> {
  const { stdout } = await new Deno.Command("ps", { args: ["-o", `${name}=`, "-p", String(pid)] })
    .output();
  return Number(new TextDecoder().decode(stdout));
}

const sessionOf = (pid: number) => column("sid", pid);

async function ancestorsOf(pid: number): Promise<number[]> {
  const parent = await column("ppid", pid);
  return parent > 1 ? [parent, ...await ancestorsOf(parent)] : [parent];
}

/** The exit code; nothing but the wait for it keeps this process here. */
async function codeOf(ended: Promise<number>): Promise<number | undefined> {
  let code: number | undefined;
  ended.then((value) => code = value);
  await eventually(() => code !== undefined);
  return code;
}
