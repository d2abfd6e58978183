/** Installing what was built from a clone; the build itself is the suite's other step "compile". */
import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  fakeProgram,
  type InstallBench,
  installBench,
  INSTALLER,
  PLACED,
  SHELLS,
  writeProgram,
} from "../helpers/install_bench.ts";

const ignore = Deno.build.os === "windows";
const VERSION = /^deno_version="(.*)"$/m.exec(await Deno.readTextFile(INSTALLER))?.[1] ?? "?";

/** Stands for Deno: says a version, and "builds" by putting a program where the real build does. */
const DENO = `if [ "$1" = eval ]; then echo "$FAKE_DENO"; exit; fi
printf '%s\\n' "$*" >>"$HOME/../build_words"
[ -z "$FAKE_BUILD_FAILS" ] || exit 1
mkdir -p dist && cp "$HOME/../program" dist/ouroboros`;

const BUILD = "run -A --lock=deno.lock --frozen .ci/compile.ts";

for (const shell of SHELLS) {
  Deno.test({
    name: `${shell}: from a clone it builds with the right Deno, else with that of npm`,
    ignore,
    fn: async () => {
      await using bench = await cloned();
      const script = `${bench.home}/../the clone/install.sh`;
      const words = `${bench.home}/../build_words`;
      const start = { shell, script, args: ["--from-source", "--yes"] };
      await bench.fake("deno", DENO);
      await bench.fake("npx", `shift 2; printf 'npm: ' >>"$HOME/../build_words"\n${DENO}`);

      const right = await bench.run({ ...start, env: { FAKE_DENO: VERSION } });
      assertEquals([right.code, right.err], [0, ""]);
      assertEquals(await Deno.readTextFile(words), `${BUILD}\n`);
      assertEquals(bench.left(), PLACED);

      await Deno.remove(words);
      const other = await bench.run({ ...start, env: { FAKE_DENO: "1.0.0" } });
      assertEquals([other.code, other.err], [0, ""]);
      assertEquals(await Deno.readTextFile(words), `npm: ${BUILD}\n`);

      await Deno.remove(`${bench.bin}/deno`);
      await Deno.remove(`${bench.bin}/npx`);
      const none = await bench.run(start);
      assertEquals(none.code, 6);
      assertStringIncludes(none.err, "npx");
    },
  });
}

Deno.test({
  name: "a build that fails installs nothing, and --dry-run builds nothing",
  ignore,
  fn: async () => {
    await using bench = await cloned();
    await bench.fake("deno", DENO);
    const script = `${bench.home}/../the clone/install.sh`;
    const env = { FAKE_DENO: VERSION };
    const dry = await bench.run({ script, args: ["--from-source", "--dry-run"], env });
    assertEquals([dry.code, dry.err], [0, ""]);
    assertStringIncludes(dry.out, "Would build");
    const failed = { ...env, FAKE_BUILD_FAILS: "1" };
    const end = await bench.run({ script, args: ["--from-source"], env: failed });
    assertEquals(end.code, 1);
    assertStringIncludes(end.err, "The build failed: nothing was installed");
    assertEquals(bench.left(), []);
  },
});

Deno.test({
  name: "--from-source outside of a clone, or through a pipe, says how to get one",
  ignore,
  fn: async () => {
    await using bench = await cloned();
    await Deno.copyFile(INSTALLER, `${bench.bin}/install.sh`);
    const cwd = `${bench.home}/../the clone`;
    for (const start of [{ script: `${bench.bin}/install.sh` }, { piped: true, cwd }]) {
      const end = await bench.run({ ...start, args: ["--from-source"] });
      assertEquals(end.code, 2);
      assertStringIncludes(end.err, "git clone https://github.com/");
    }
    assertEquals(bench.left(), []);
  },
});

/** A bench with a folder that looks like a clone. */
async function cloned(): Promise<InstallBench> {
  const bench = await installBench();
  const clone = `${bench.home}/../the clone`;
  await Deno.mkdir(`${clone}/.ci`, { recursive: true });
  for (const name of ["main.ts", ".ci/compile.ts"]) {
    await Deno.writeTextFile(`${clone}/${name}`, "");
  }
  await Deno.copyFile(INSTALLER, `${clone}/install.sh`);
  await writeProgram(`${bench.home}/../program`, fakeProgram("0.0.1"));
  return bench;
}
