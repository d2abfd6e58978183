import { assert, assertEquals, assertRejects } from "@std/assert";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { readSpool, Spool, type SpoolMask } from "../../../lib/process/spool.ts";
import { shell, withProcesses } from "../../helpers/process_fixture.ts";

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** All lines of a spool, with their stream. */
async function again(path: string, lineBytes = 1000): Promise<string[]> {
  const lines: string[] = [];
  await readSpool(path, (stream, line) => lines.push(`${stream}: ${line}`), { lineBytes });
  return lines;
}

Deno.test("a spool decodes to the very lines that the running child gave, in their order", () =>
  inFolder((folder) =>
    withProcesses(async (processes) => {
      const lines: string[] = [];
      const spec = shell(
        "for i in 1 2 3 4 5 6; do echo out$i; sleep 0.01; echo é$i >&2; sleep 0.01; done; " +
          "printf 'a\\377b\\nlonglonglonglonglong\\r\\nend'",
      );
      const child = await processes.start({
        ...spec,
        limits: { ...spec.limits, lineBytes: 12 },
        spool: `${folder}/s`,
        onLine: (stream, line) => lines.push(`${stream}: ${line}`),
      });
      const end = await child.ended;
      assertEquals(end.reason, "completed");
      assertEquals(end.strayBytes, 1);
      assertEquals(lines.length, 15);
      assertEquals(await again(`${folder}/s`, 12), lines);
      assertEquals((await Deno.stat(`${folder}/s.stdout`)).size, end.stdoutBytes);
      assertEquals((await Deno.stat(`${folder}/s.stderr`)).size, end.stderrBytes);
    })
  ));

Deno.test("a spool is for its owner alone", () =>
  inFolder(async (folder) => {
    const spool = await Spool.open(`${folder}/s`);
    spool.close();
    for (const ending of ["stdout", "stderr", "order"]) {
      assertEquals((await Deno.stat(`${folder}/s.${ending}`)).mode! & 0o777, 0o600);
    }
  }));

Deno.test("what a mask holds back is written when more comes, or at the end, and the order stays true", () =>
  inFolder(async (folder) => {
    const shout = (): SpoolMask => {
      let held: number[] = [];
      const loud = (bytes: number[]) =>
        new TextEncoder().encode(String.fromCharCode(...bytes).toUpperCase());
      return {
        // The last byte of each chunk has to wait.
        push(chunk) {
          const bytes = [...held, ...chunk];
          held = bytes.splice(-1);
          return loud(bytes);
        },
        end: () => loud(held),
      };
    };
    const spool = await Spool.open(`${folder}/s`, shout);
    const write = (stream: "stdout" | "stderr", text: string) =>
      spool.write(stream, new TextEncoder().encode(text));
    write("stdout", "one\nt");
    write("stderr", "e");
    write("stdout", "wo\n");
    write("stderr", "rr\n");
    spool.close();
    const lines = await again(`${folder}/s`);
    assertEquals(lines.toSorted(), ["stderr: ERR", "stdout: ONE", "stdout: TWO"]);
    assertEquals(lines.filter((one) => one.startsWith("stdout")), ["stdout: ONE", "stdout: TWO"]);
  }));

Deno.test("a spool that a crash cut is read as far as it goes", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/s.stdout`, "one\ntwo\nthr");
    await Deno.writeTextFile(`${folder}/s.stderr`, "warning\n");
    await Deno.writeTextFile(`${folder}/s.order`, "stdout 4\nstderr 8\nstdout 99");
    assertEquals(await again(`${folder}/s`), [
      "stdout: one",
      "stderr: warning",
      "stdout: two",
      "stdout: thr",
    ]);
  }));

Deno.test("a spool without files has no lines", () =>
  inFolder(async (folder) => assertEquals(await again(`${folder}/none`), [])));

Deno.test("a spool that cannot be opened starts no child", () =>
  withProcesses(async (processes) => {
    const error = await assertRejects(
      () => processes.start({ ...shell("true"), spool: "/nowhere/at/all/s" }),
      OuroborosError,
    );
    assertEquals(error.code, "not_writable");
  }));

Deno.test("a spool that cannot be written to its end is said, and the child goes on", async () => {
  if (Deno.build.os !== "linux") return;
  await inFolder(async (folder) => {
    // A device that is always full stands where the file would be.
    await Deno.symlink("/dev/full", `${folder}/s.stdout`);
    await withProcesses(async (processes) => {
      const lines: string[] = [];
      const child = await processes.start({
        ...shell("echo one; sleep 0.1; echo two"),
        spool: `${folder}/s`,
        onLine: (_stream, line) => lines.push(line),
      });
      const end = await child.ended;
      assertEquals(lines, ["one", "two"]);
      assertEquals(end.reason, "completed");
      assert(end.spoolError !== undefined && end.why.includes("could not be kept"), end.why);
    });
  });
});
