import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import type { ChildSpec } from "../../../lib/process/child.ts";
import { shell, withProcesses } from "../../helpers/process_fixture.ts";

/** The error that starting `more` gives, with `start` and `capture` alike. */
async function startError(more: Partial<ChildSpec>): Promise<OuroborosError> {
  let error: OuroborosError | undefined;
  await withProcesses(async (processes) => {
    error = await assertRejects(() => processes.start({ ...shell(""), ...more }), OuroborosError);
    const other = await assertRejects(
      () => processes.capture({ ...shell(""), ...more }),
      OuroborosError,
    );
    assertEquals([other.code, other.message], [error.code, error.message]);
  });
  return error!;
}

/** Gives `use` a folder with an executable `prog` of `text`. */
async function withProgram(text: string, mode: number, use: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/prog`, text, { mode });
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a missing program is named, with the PATH that was searched", async () => {
  for (const passNames of [undefined, ["HOME"]]) {
    const env = { values: { PATH: "/usr/bin:/bin" }, ...(passNames && { passNames }) };
    const error = await startError({ argv: ["no-such-agent", "x"], env });
    assertEquals(error.code, "program_missing");
    assertEquals(
      error.message,
      'Start "stub": the program "no-such-agent" is not in any folder of PATH',
    );
    assertStringIncludes(error.hint!, "/usr/bin:/bin");
  }
});

Deno.test("a missing program that was given by path is named", async () => {
  const error = await startError({ argv: ["/no/such/agent"] });
  assertEquals(error.code, "program_missing");
  assertStringIncludes(error.message, "/no/such/agent");
});

Deno.test("a missing folder is told from a missing program", async () => {
  const error = await startError({ cwd: "/no/such/folder" });
  assertEquals(error.code, "not_found");
  assertEquals(error.message, 'Start "stub": the folder "/no/such/folder" does not exist');
});

Deno.test("a program that may not be executed is not started", () =>
  withProgram("#!/bin/sh\n", 0o644, async (folder) => {
    const error = await startError({ argv: [`${folder}/prog`] });
    assertEquals(error.code, "not_started");
    assertMatch(error.message, /may not be executed$/);
    assertEquals(error.hint, `chmod +x ${folder}/prog`);
  }));

Deno.test("a script whose interpreter is missing is not called missing itself", () =>
  withProgram("#!/no/such/interpreter\n", 0o755, async (folder) => {
    const error = await startError({ argv: [`${folder}/prog`] });
    assertEquals(error.code, "not_started");
    assertStringIncludes(error.message, "interpreter");
  }));

Deno.test("a process whose own folder was removed says so, and blames no program", async () => {
  const before = Deno.cwd();
  const gone = await Deno.makeTempDir();
  Deno.chdir(gone);
  try {
    await Deno.remove(gone);
    const error = await startError({ argv: ["true"] });
    assertEquals(error.code, "not_found");
    assertStringIncludes(error.message, "the folder that ouroboros was started in is gone");
  } finally {
    Deno.chdir(before);
  }
});

Deno.test("an argument that no system takes is an error of ours, not a crash", async () => {
  assertEquals((await startError({ argv: ["echo", "a\0b"] })).code, "not_started");
  const long = await startError({ argv: ["echo", "x".repeat(3_000_000)] });
  assertEquals(long.code, "not_started");
});

Deno.test("a bare name is looked up in the PATH of the child's values, not in ours", () =>
  withProgram("#!/bin/sh\necho mine\n", 0o755, (folder) =>
    withProcesses(async (processes) => {
      const spec = { ...shell(""), argv: ["prog"] as [string] };
      const env = { values: { PATH: `${folder}:/usr/bin:/bin` } };
      for (const more of [{ env }, { env: { ...env, passNames: ["HOME"] } }]) {
        const { end, stdout } = await processes.capture({ ...spec, ...more });
        assertEquals(end.reason, "completed", end.why);
        assertEquals(new TextDecoder().decode(stdout), "mine\n");
      }
    })));

Deno.test("without a PATH in the values ours is not searched either", async () => {
  const error = await startError({ argv: ["awk", "BEGIN{}"], env: { values: {} } });
  assertEquals(error.code, "program_missing");
  assert(error.hint!.includes("PATH is not set"));
});

Deno.test("the work folder chooses no program, and a file that may not be executed is passed over", () =>
  withProgram(
    "#!/bin/sh\necho theirs\n",
    0o755,
    (cwd) =>
      withProgram("no program\n", 0o644, (first) =>
        withProcesses(async (processes) => {
          const spec = { ...shell(""), argv: ["prog"] as [string], cwd };
          for (const PATH of ["", ".", ":/usr/bin", `${first}:.`]) {
            await assertRejects(
              () => processes.capture({ ...spec, env: { values: { PATH } } }),
              OuroborosError,
            );
          }
          const env = { values: { PATH: `${first}:${cwd}` } };
          const { stdout } = await processes.capture({ ...spec, env });
          assertEquals(new TextDecoder().decode(stdout), "theirs\n");
        })),
  ));

Deno.test("a path is taken from the child's folder", () =>
  withProgram("#!/bin/sh\npwd\n", 0o755, (cwd) =>
    withProcesses(async (processes) => {
      const real = await Deno.realPath(cwd);
      const { stdout } = await processes.capture({ ...shell(""), argv: ["./prog"], cwd });
      assertEquals(new TextDecoder().decode(stdout), `${real}\n`);
    })));
