/** Nothing is installed that is not the file that was published, whatever tool is there to tell. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  type InstallBench,
  installBench,
  type InstallEnd,
  PLACED,
  PLATFORMS,
  SHELLS,
  whereIs,
} from "../helpers/install_bench.ts";

const windows = Deno.build.os === "windows";
const ARCHIVE = `ouroboros-${PLATFORMS[0][2]}.tar.gz`;

/** Tools that can count a SHA-256, one of which is enough. */
const TOOLS = ["sha256sum", "shasum", "openssl", "python3", "perl", "node"];

for (const tool of TOOLS) {
  Deno.test({
    name: `${tool} alone is enough to check a download, and it notices a bad one`,
    ignore: windows || whereIs(tool) === undefined,
    fn: async () => {
      await using bench = await installBench({ tools: [tool] });
      await bench.release("1.2.3");
      const good = await install(bench);
      assertEquals([good.code, good.err], [0, ""]);
      assertEquals(bench.left(), PLACED);
      await Deno.remove(`${bench.home}/.local`, { recursive: true });

      await damage(bench);
      const bad = await install(bench);
      assertEquals(bad.code, 1);
      assertStringIncludes(bad.err, "is not the file that was published");
      assertEquals(bench.left(), []);
    },
  });
}

Deno.test({
  name: "a tool that is broken is passed over for the next",
  ignore: windows || whereIs("openssl") === undefined,
  fn: async () => {
    await using bench = await installBench({ tools: ["openssl"] });
    await bench.fake("sha256sum", "echo 'sha256sum: cannot' >&2; exit 1");
    await bench.fake("shasum", "echo perl is not here");
    await bench.release("1.2.3");
    assertEquals((await install(bench)).code, 0);
    await damage(bench);
    assertEquals((await install(bench)).code, 1);
  },
});

Deno.test({
  name: "without any tool to check with, nothing is installed",
  ignore: windows,
  fn: async () => {
    await using bench = await installBench({ tools: [] });
    await bench.release("1.2.3");
    const end = await install(bench);
    assertEquals(end.code, 6);
    assertStringIncludes(end.err, "nothing was installed");
    assertEquals(bench.left(), []);
  },
});

for (const shell of SHELLS) {
  Deno.test({
    name: `${shell}: a bad, a missing, a cut and a doubled checksum install nothing`,
    ignore: windows,
    fn: async () => {
      await using bench = await installBench();
      await bench.release("1.2.3");
      const file = `${bench.releases}/download/v1.2.3/checksums.txt`;
      const right = await Deno.readTextFile(file);
      const line = right.split("\n").find((one) => one.endsWith(ARCHIVE)) ?? "";
      const other = `${"0".repeat(64)}  ${ARCHIVE}\n`;
      const cases: [string, string, number][] = [
        ["bad", right.replace(line, other), 1],
        ["empty file", "", 3],
        ["a page in place of the list", "<!doctype html><p>Sign in</p>\n", 3],
        ["no line of ours", right.replace(`${line}\n`, ""), 3],
        ["cut", right.replace(line, line.slice(10)), 1],
        ["a word", right.replace(line, `yes  ${ARCHIVE}`), 1],
        ["two that differ", right + other, 1],
        ["another archive's", right.replaceAll(ARCHIVE, `${ARCHIVE}.sig`), 3],
      ];
      for (const [name, text, code] of cases) {
        await Deno.writeTextFile(file, text);
        const end = await install(bench, shell);
        assertEquals([name, end.code], [name, code], end.err);
        assertEquals(bench.left(), [], name);
      }
      await Deno.remove(file);
      assertEquals((await install(bench, shell)).code, 3);
      assertEquals(bench.left(), []);
    },
  });
}

Deno.test({
  name: "a list in capitals, with stars, carriage returns and no last line break is read",
  ignore: windows,
  fn: async () => {
    await using bench = await installBench();
    await bench.release("1.2.3");
    const file = `${bench.releases}/download/v1.2.3/checksums.txt`;
    const lines = (await Deno.readTextFile(file)).trimEnd().split("\n");
    const other = lines.map((line) =>
      line.replace(/^(\w+) {2}/, (_, hash) => `${hash.toUpperCase()} *`)
    );
    await Deno.writeTextFile(file, `${other.reverse().join("\r\n")}`);
    const end = await install(bench);
    assertEquals([end.code, end.err], [0, ""]);
  },
});

async function install(bench: InstallBench, shell = "sh"): Promise<InstallEnd> {
  return await bench.run({ shell, args: ["--yes"], env: { OUROBOROS_RELEASES: bench.releases } });
}

/** One byte of the archive is another one. */
async function damage(bench: InstallBench): Promise<void> {
  const file = `${bench.releases}/download/v1.2.3/${ARCHIVE}`;
  const bytes = await Deno.readFile(file);
  bytes[bytes.length >> 1]! ^= 1;
  await Deno.writeFile(file, bytes);
}
