/** Downloads that fail, are cut, or come from elsewhere. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  installBench,
  INSTALLER,
  PLACED,
  PLATFORMS,
  SHELLS,
  whereIs,
} from "../helpers/install_bench.ts";
import { releaseServer } from "../helpers/release_server.ts";

const windows = Deno.build.os === "windows";
const ARCHIVE = `ouroboros-${PLATFORMS[0][2]}.tar.gz`;
const PATHS = {
  version: "/latest/download/version.txt",
  checksums: "/download/v1.2.3/checksums.txt",
  archive: `/download/v1.2.3/${ARCHIVE}`,
};

for (const client of ["curl", "wget"].filter((name) => whereIs(name) !== undefined)) {
  const tools = [client, whereIs("sha256sum") === undefined ? "shasum" : "sha256sum"];

  Deno.test({
    name: `${client}: what is not there, is refused, is cut or fails installs nothing`,
    ignore: windows,
    fn: async () => {
      await using bench = await installBench({ tools });
      await bench.release("1.2.3");
      await using server = releaseServer(bench.releases);
      const start = { args: ["--yes"], env: { OUROBOROS_RELEASES: server.url } };
      for (const path of Object.values(PATHS)) {
        for (const fault of [404, 403, "cut"] as const) {
          // A cut list is empty or half, a cut version is none: each is told in its own way.
          server.faults.clear();
          server.faults.set(path, fault);
          const end = await bench.run(start);
          assert(
            end.code === (fault === "cut" ? 1 : 3),
            `${path} ${fault}: ${end.code} ${end.err}`,
          );
          assertEquals(bench.left(), [], `${path} ${fault}`);
        }
      }
      server.faults.clear();
      assertEquals((await bench.run(start)).code, 0);
      assertEquals(bench.left(), PLACED);
    },
  });

  Deno.test({
    name: `${client}: without network it says what it could not reach`,
    ignore: windows,
    fn: async () => {
      await using bench = await installBench({ tools });
      // A port that was free a moment ago, and that nobody listens on.
      const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
      const url = `http://127.0.0.1:${listener.addr.port}`;
      listener.close();
      const end = await bench.run({ args: ["--yes"], env: { OUROBOROS_RELEASES: url } });
      assertEquals(end.code, 1);
      assertStringIncludes(end.err, `Cannot download "${url}${PATHS.version}"`);
      assertEquals(bench.left(), []);
    },
  });
}

Deno.test({
  name: "with neither curl nor wget it says so",
  ignore: windows,
  fn: async () => {
    await using bench = await installBench({ tools: [] });
    const end = await bench.run({ args: ["--yes"] });
    assertEquals(end.code, 6);
    assertStringIncludes(end.err, "Neither curl nor wget");
    assertEquals(bench.left(), []);
  },
});

Deno.test({
  name: "a folder where a file of the release has to be is named as one, and nothing is left",
  ignore: windows,
  fn: async () => {
    for (const path of Object.values(PATHS)) {
      await using bench = await installBench();
      await bench.release("1.2.3");
      await Deno.remove(`${bench.releases}${path}`);
      await Deno.mkdir(`${bench.releases}${path}`);
      const end = await bench.run({ args: ["--yes"], env: { OUROBOROS_RELEASES: bench.releases } });
      assertEquals(end.code, 3, end.err);
      assertStringIncludes(
        end.err,
        `"${bench.releases}${path}" is a folder, and has to be a file`,
      );
      assertEquals(bench.left(), []);
    }
  },
});

for (const shell of SHELLS) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    Deno.test({
      name: `${shell}: ${signal} in the middle of a download leaves nothing`,
      ignore: windows,
      fn: async () => {
        await using bench = await installBench();
        await bench.release("1.2.3");
        await using server = releaseServer(bench.releases);
        server.faults.set(PATHS.archive, "stall");
        const started = bench.start({
          shell,
          args: ["--yes"],
          env: { OUROBOROS_RELEASES: server.url },
        });
        await server.stalled;
        // As the terminal does it: to the script and to what it started.
        await new Deno.Command("kill", { args: ["-s", signal.slice(3), "--", `-${started.pid}`] })
          .output();
        const end = await started.end;
        assertEquals(end.code, 7, end.err);
        assertEquals(bench.left(), []);
      },
    });
  }

  Deno.test({
    name: `${shell}: a script that arrives cut does nothing, wherever it is cut`,
    ignore: windows,
    fn: async () => {
      await using bench = await installBench();
      await bench.release("1.2.3");
      const whole = await Deno.readTextFile(INSTALLER);
      // Every byte of the last line, and some of everything before.
      const cuts = [...whole.trimEnd().matchAll(/\n/g)].map((match) => match.index)
        .filter((_, index) => index % 25 === 0);
      for (let at = whole.lastIndexOf("{ main"); at < whole.trimEnd().length; at++) cuts.push(at);
      const script = `${bench.bin}/cut.sh`;
      for (const cut of cuts) {
        await Deno.writeTextFile(script, whole.slice(0, cut));
        await bench.run({
          shell,
          piped: true,
          script,
          env: { OUROBOROS_RELEASES: bench.releases },
        });
        assertEquals(bench.left(), [], `cut at ${cut}: ${whole.slice(cut - 40, cut)}`);
      }
    },
  });

  Deno.test({
    name: `${shell}: it works through a pipe, and reads no more of it than itself`,
    ignore: windows,
    fn: async () => {
      await using bench = await installBench();
      await bench.release("1.2.3");
      const env = { OUROBOROS_RELEASES: bench.releases };
      const end = await bench.run({ shell, piped: true, env });
      assertEquals([end.code, end.err], [0, ""]);
      assertStringIncludes(end.out, "setup");
      assertEquals(bench.left(), PLACED);
    },
  });
}

Deno.test({
  name: "--version takes that release, with and without a v, and says when there is none",
  ignore: windows,
  fn: async () => {
    await using bench = await installBench();
    await bench.release("1.2.3");
    await bench.release("2.0.0");
    const env = { OUROBOROS_RELEASES: bench.releases };
    for (const words of [["--version", "1.2.3"], ["--version=v1.2.3"]]) {
      const end = await bench.run({ args: ["--yes", ...words], env });
      assertStringIncludes(end.out, "ouroboros 1.2.3", end.err);
    }
    assertStringIncludes((await bench.run({ args: ["--yes"], env })).out, "ouroboros 2.0.0");
    assertEquals((await bench.run({ args: ["--version", "3.0.0"], env })).code, 3);
    for (const bad of ["../../etc", "latest", "1..2", "1/2"]) {
      assertEquals((await bench.run({ args: ["--version", bad], env })).code, 2, bad);
    }
    assertEquals(bench.left(), PLACED);
  },
});

Deno.test({
  name: "--from takes a folder, an archive, and the address of either",
  ignore: windows,
  fn: async () => {
    await using bench = await installBench();
    await bench.release("1.2.3");
    await using server = releaseServer(bench.releases);
    const folder = `${bench.releases}/download/v1.2.3`;
    const places = [
      folder,
      `${folder}/`,
      `${folder}/${ARCHIVE}`,
      `file://${folder}`,
      "releases/download/v1.2.3",
      `releases/download/v1.2.3/${ARCHIVE}`,
      `${server.url}/download/v1.2.3`,
      `${server.url}${PATHS.archive}`,
    ];
    for (const from of places) {
      const end = await bench.run({ args: ["--yes", "--from", from] });
      assertEquals([from, end.code, end.err], [from, 0, ""]);
      assertEquals(bench.left(), PLACED, from);
      await Deno.remove(`${bench.home}/.local`, { recursive: true });
    }
  },
});

Deno.test({
  name:
    "--from refuses another system's archive, other names, and addresses that anyone can change",
  ignore: windows,
  fn: async () => {
    await using bench = await installBench();
    await bench.release("1.2.3");
    const folder = `${bench.releases}/download/v1.2.3`;
    const cases: [string, number][] = [
      [`${folder}/ouroboros-aarch64-apple-darwin.tar.gz`, 2],
      [`${folder}/other.tar.gz`, 2],
      [`${bench.releases}/nowhere`, 3],
      ["http://example.com/releases", 2],
      ["http://127.0.0.1.example.com/", 2],
      ["http://127.0.0.1:80@example.com/", 2],
      ["ftp://127.0.0.1/", 2],
    ];
    for (const [from, code] of cases) {
      const end = await bench.run({ args: ["--yes", "--from", from] });
      assertEquals([from, end.code], [from, code], end.err);
    }
    const env = { OUROBOROS_RELEASES: "http://example.com" };
    assertEquals((await bench.run({ args: ["--yes"], env })).code, 2);
    assertEquals(bench.left(), []);
  },
});

Deno.test({
  name: "what is published under no version is refused",
  ignore: windows,
  fn: async () => {
    await using bench = await installBench();
    await bench.release("1.2.3");
    const env = { OUROBOROS_RELEASES: bench.releases };
    for (const text of ["", "\n", "<html>", "../../x\n"]) {
      await Deno.writeTextFile(`${bench.releases}/latest/download/version.txt`, text);
      const end = await bench.run({ args: ["--yes"], env });
      assertEquals([text, end.code], [text, 1]);
      assertStringIncludes(end.err, "holds no version");
    }
    assertEquals(bench.left(), []);
  },
});
