/** Which release is taken for which system, and which systems are told that there is none. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { installBench, PLACED, PLATFORMS, SHELLS } from "../helpers/install_bench.ts";
import { releaseServer } from "../helpers/release_server.ts";

const ignore = Deno.build.os === "windows";

for (const shell of SHELLS) {
  for (const platform of PLATFORMS) {
    const [system, machine, target] = platform;
    Deno.test({
      name: `${shell}: ${system} on ${machine} gets ${target}, and nothing else is written`,
      ignore,
      fn: async () => {
        await using bench = await installBench({ platform });
        await bench.release("1.2.3");
        await using server = releaseServer(bench.releases);
        const env = { OUROBOROS_RELEASES: server.url };
        const end = await bench.run({ shell, args: ["--yes"], env });
        assertEquals([end.code, end.err], [0, ""]);
        assertStringIncludes(end.out, "Installed ouroboros 1.2.3");
        assertEquals(server.asked, [
          "/latest/download/version.txt",
          "/download/v1.2.3/checksums.txt",
          `/download/v1.2.3/ouroboros-${target}.tar.gz`,
        ]);
        assertEquals(bench.left(), PLACED);
        const { mode } = await Deno.stat(`${bench.home}/.local/bin/ouroboros`);
        assertEquals((mode ?? 0) & 0o777, 0o755);
      },
    });
  }
}

Deno.test({
  name: "an Intel shell on an Apple processor gets the build for the processor",
  ignore,
  fn: async () => {
    await using bench = await installBench({ platform: ["Darwin", "x86_64"] });
    await bench.fake("sysctl", "echo 1");
    await bench.release("1.2.3");
    await using server = releaseServer(bench.releases);
    await bench.run({ args: ["--yes"], env: { OUROBOROS_RELEASES: server.url } });
    assertEquals(server.asked.at(-1), "/download/v1.2.3/ouroboros-aarch64-apple-darwin.tar.gz");
  },
});

const REFUSED = [
  ["FreeBSD", "amd64", 'the system "FreeBSD"'],
  ["MINGW64_NT-10.0", "x86_64", "for Linux and macOS"],
  ["Linux", "riscv64", 'the processor "riscv64"'],
  ["Linux", "armv7l", 'the processor "armv7l"'],
] as const;

for (const [system, machine, word] of REFUSED) {
  Deno.test({
    name: `${system} on ${machine} is told that there is no build, before anything is asked for`,
    ignore,
    fn: async () => {
      await using bench = await installBench({ platform: [system, machine] });
      await using server = releaseServer(bench.releases);
      const end = await bench.run({ args: ["--yes"], env: { OUROBOROS_RELEASES: server.url } });
      assertEquals([end.code, end.out], [6, ""]);
      assertStringIncludes(end.err, word);
      assertEquals(server.asked, []);
      assertEquals(bench.left(), []);
    },
  });
}

Deno.test({
  name: "a system with musl is told so, and so is one of 32 bits",
  ignore,
  fn: async () => {
    await using bench = await installBench();
    await bench.release("1.2.3");
    await bench.fake("getconf", "exit 1");
    await bench.fake("ldd", "echo 'musl libc (x86_64)' >&2; exit 1");
    const musl = await bench.run({ args: ["--yes", "--from", bench.releases] });
    assertEquals(musl.code, 6);
    assertStringIncludes(musl.err, "needs glibc");
    await bench.fake("getconf", "case $1 in LONG_BIT) echo 32 ;; *) exit 1 ;; esac");
    const narrow = await bench.run({ args: ["--yes", "--from", bench.releases] });
    assertEquals(narrow.code, 6);
    assertStringIncludes(narrow.err, "32 bits");
    assertEquals(bench.left(), []);
  },
});

Deno.test({
  name: "glibc is recognised where getconf is missing",
  ignore,
  fn: async () => {
    await using bench = await installBench();
    await bench.release("1.2.3");
    await Deno.remove(`${bench.bin}/getconf`);
    await bench.fake("ldd", "echo 'ldd (Debian GLIBC 2.36-9) 2.36'");
    const from = `${bench.releases}/download/v1.2.3`;
    const end = await bench.run({ args: ["--yes", "--from", from] });
    assertEquals([end.code, end.err], [0, ""]);
  },
});
