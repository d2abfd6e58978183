/**
 * Setting up a host and taking it back, seen from outside: the whole of a home folder before and
 * after, in which a user of all hosts keeps files. What may differ is what the placements declare.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parse as parseYaml } from "@std/yaml";
import {
  declared,
  type Host,
  HOSTS,
  isDeclared,
  LAUNCHER,
  type SetupBench,
  setupBench,
  SOURCE_WORDS,
} from "../helpers/setup_bench.ts";
import { fillFormer, FORMER_LAUNCHERS } from "../helpers/setup_former.ts";
import { differences, differingPaths, type Snapshot } from "../helpers/setup_snapshot.ts";
import { onBinary, type ProgramEnd } from "../helpers/program.ts";

const windows = Deno.build.os === "windows";
const SECRET = "sk-of-no-use-to-anyone-0123456789";
const IDS = HOSTS.map((host) => host.id);

/** Variables that our server is to get by name; a value must never stand in a file. */
const KEYS = Object.fromEntries(
  HOSTS.flatMap((host) => host.binary.kind === "external" ? host.binary.signIn.env : [])
    .map((name) => [name, SECRET]),
);

/** From source, which starts slowly, one launcher stands for all; the rest is the same code. */
const LAUNCHERS = Object.entries(FORMER_LAUNCHERS).slice(0, onBinary ? undefined : 1);

for (const host of HOSTS) {
  for (const filled of [true, false]) {
    const name = filled ? "a home with files of all hosts" : "an empty home";
    Deno.test({
      name: `${host.id}: ${name} differs by what is declared, and uninstall gives it back`,
      ignore: windows,
      fn: async () => {
        await using bench = await setupBench({ filled });
        await roundTrip(bench, [host]);
      },
    });
  }

  Deno.test({
    name: `${host.id}: tools that are approved stand in the declared file, and go again`,
    ignore: windows,
    fn: async () => {
      await using bench = await setupBench();
      const before = await bench.snapshot();
      done(await bench.setup(host.id, ["--approve-tools"]));
      const places = declared(host, { approve: true });
      const odd = differingPaths(before, await bench.snapshot())
        .filter((path) => !isDeclared(path, [places]));
      assertEquals(odd, []);
      const wanted = JSON.stringify(host.placement.approval.approve(["ouroboros_session_status"]));
      if (wanted !== "[]") {
        const texts = places.edited.map((path) => textOf(bench, path)).join("");
        assertStringIncludes(texts, "ouroboros_session_status");
      }
      done(await bench.uninstall());
      assertEquals(differences(before, await bench.snapshot()), []);
    },
  });

  for (const [what, words] of LAUNCHERS) {
    Deno.test({
      name: `${host.id}: what started "${what}" starts this program, and the user's keys stay`,
      ignore: windows,
      fn: async () => {
        await using bench = await setupBench();
        const clean = await bench.snapshot();
        const former = await fillFormer(bench.home, host, words);
        const before = await bench.snapshot();
        done(await bench.setup(host.id));
        const after = await bench.snapshot();
        const odd = differingPaths(before, after)
          .filter((path) => !isDeclared(path, [declared(host)]))
          .filter((path) => !former.left.some((one) => path === one || path.startsWith(`${one}/`)));
        assertEquals(odd, [], "a path that is neither declared nor the original's");
        const text = textOf(bench, former.file);
        for (const word of former.gone) assert(!text.includes(word), `"${word}" is still there`);
        for (const word of former.stays) assertStringIncludes(text, word);
        for (const word of LAUNCHER) assertStringIncludes(text, word);
        done(await bench.run(["setup", "--status", "--runtime", host.id]));

        const uninstalled = await bench.uninstall();
        const left = await bench.snapshot();
        done(uninstalled);
        // The original's own leftovers do not come back; nothing of the user's goes with them.
        const lost = [...clean.keys()].filter((path) => !left.has(path));
        assertEquals(lost, []);
        assert(!textOf(bench, former.file).includes(LAUNCHER[0]!));
      },
    });
  }
}

Deno.test({
  name: "all hosts at once, and one uninstall gives the home back",
  ignore: windows,
  fn: async () => {
    await using bench = await setupBench();
    await roundTrip(bench, HOSTS, "all");
  },
});

/** Thirty-two uninstalls: the binary's alone. */
if (onBinary) {
  Deno.test({
    name: "one host after the other in every order, each gives back its own part, the last all",
    ignore: windows,
    fn: async () => {
      await using bench = await setupBench();
      const before = await bench.snapshot();
      done(await bench.setup("all"));
      await bench.keep("all");
      let walked = 0;
      /** Homes are the same whatever way led to them: then one way on from there is enough. */
      const seen = new Map<string, Snapshot>();
      const walk = async (left: readonly Host[], gone: string): Promise<void> => {
        for (const host of left) {
          await bench.restore(gone || "all");
          const rest = left.filter((one) => one !== host);
          const name = `${gone}${host.id} `;
          done(await bench.uninstall(host.id), name);
          walked++;
          const now = await bench.snapshot();
          const odd = differingPaths(before, now)
            .filter((path) => !isDeclared(path, rest.map((one) => declared(one))));
          assertEquals(odd, [], `after ${name}`);
          if (rest.length === 0) assertEquals(differences(before, now), [], `after ${name}`);
          const key = rest.map((one) => one.id).join(" ");
          const known = seen.get(key);
          if (known && differences(known, now).length === 0) continue;
          seen.set(key, now);
          await bench.keep(name);
          await walk(rest, name);
        }
      };
      await walk(HOSTS, "");
      console.log(`${walked} uninstalls cover every order`);
    },
  });
}

Deno.test({
  name: "one host after the other is set up, the first undone first, and each stands meanwhile",
  ignore: windows,
  fn: async () => {
    await using bench = await setupBench();
    const before = await bench.snapshot();
    for (const id of IDS) done(await bench.setup(id));
    for (const [index, id] of IDS.entries()) {
      done(await bench.uninstall(id));
      const rest = IDS.slice(index + 1);
      if (rest.length === 0) continue;
      done(await bench.run(["setup", "--status", "--runtime", rest.join(",")]), `after ${id}`);
      const end = await bench.run(["setup", "--status", "--runtime", id]);
      assertEquals(end.code, 1, `${id} is said to be set up: ${end.stdout}`);
    }
    assertEquals(differences(before, await bench.snapshot()), []);
  },
});

Deno.test({
  name: "folders that variables move are used, and the usual ones are not touched",
  ignore: windows,
  fn: async () => {
    for (const host of HOSTS) {
      const { env } = host.placement.home;
      if (env === undefined) continue;
      await using bench = await setupBench();
      await Deno.mkdir(`${bench.home}/moved`);
      const before = await bench.snapshot();
      const moved = { env: { [env]: `${bench.home}/moved` } };
      done(await bench.setup(host.id, [], moved));
      const odd = differingPaths(before, await bench.snapshot())
        .filter((path) => path !== "moved" && !path.startsWith("moved/"))
        .filter((path) => !path.startsWith(".ouroboros/"));
      assertEquals(odd, [], `${env} moves the folder of ${host.id}`);
      done(await bench.run(["setup", "--status", "--runtime", host.id], moved));
      // The receipt knows where it was: the variable is not needed for the way back.
      done(await bench.uninstall());
      assertEquals(differences(before, await bench.snapshot()), [], host.id);
    }
  },
});

Deno.test({
  name: "a dry run, a status and a question that nobody can answer write nothing",
  ignore: windows,
  fn: async () => {
    await using bench = await setupBench();
    const before = await bench.snapshot();
    const untouched = async (why: string) =>
      assertEquals(differences(before, await bench.snapshot(), { written: true }), [], why);
    done(await bench.setup("all", ["--dry-run"]));
    await untouched("setup --dry-run");
    assertEquals((await bench.run(["setup", "--status", "--runtime", "all"])).code, 1);
    await untouched("setup --status");
    assertEquals((await bench.run(["setup", ...SOURCE_WORDS])).code, 4);
    await untouched("setup without a terminal");
    assertEquals((await bench.run(["uninstall", "--yes"])).code, 0);
    await untouched("uninstall of nothing");
    done(await bench.setup("all"));
    const setUp = await bench.snapshot();
    done(await bench.run(["uninstall", "--dry-run"]));
    assertEquals((await bench.run(["uninstall"])).code, 4);
    assertEquals(differences(setUp, await bench.snapshot(), { written: true }), []);
  },
});

/** Set up, looked at, set up again, undone; the home is what it was. */
async function roundTrip(bench: SetupBench, hosts: readonly Host[], names?: string): Promise<void> {
  const runtimes = names ?? hosts.map((host) => host.id).join(",");
  const before = await bench.snapshot();
  done(await bench.setup(runtimes, [], { env: KEYS }));
  const after = await bench.snapshot();

  const places = hosts.map((host) => declared(host));
  const differing = differingPaths(before, after);
  assertEquals(differing.filter((path) => !isDeclared(path, places)), [], "not declared");
  const rewritten = [...before].filter(([path, old]) => {
    const now = after.get(path);
    return old.kind === "file" && old.text === now?.text && old.written !== now.written;
  });
  assertEquals(rewritten.map(([path]) => path), [], "the same bytes were written again");
  for (const [path, { kind, text, mode }] of after) {
    if (kind === "file") assert(!text.includes(SECRET), `${path} holds a key's value`);
    const old = before.get(path);
    if (old) assertEquals(mode, old.mode, `mode of ${path}`);
  }
  for (const host of hosts) mustBeRegistered(host, before, after);
  mustKeepConfig(before, after, hosts);

  const again = await bench.setup(runtimes, [], { env: KEYS });
  done(again);
  assertEquals(differences(after, await bench.snapshot(), { written: true }), [], "second setup");
  done(await bench.run(["setup", "--status", "--runtime", runtimes]));
  assertEquals(differences(after, await bench.snapshot(), { written: true }), [], "--status");

  done(await bench.uninstall());
  assertEquals(differences(before, await bench.snapshot()), [], "uninstall");
  assertEquals(left(bench), [], "TMPDIR and the folder that we stood in");
}

/** Our entry is in one of the declared files, and nothing of what its user wrote is lost. */
function mustBeRegistered(host: Host, before: Snapshot, after: Snapshot): void {
  const { edited, owned: [skills] } = declared(host);
  const changed = edited.filter((path) => after.get(path)?.text !== before.get(path)?.text);
  assertEquals(changed.length, 1, `${host.id} has its entry in one file`);
  const [old, now] = [before.get(changed[0]!)?.text, after.get(changed[0]!)!.text];
  for (const word of LAUNCHER) assertStringIncludes(now, word);
  if (old !== undefined) mustHoldLines(changed[0]!, old, now);
  const document = parsed(changed[0]!, now);
  if (document !== undefined) {
    const theirs = old === undefined ? {} : parsed(changed[0]!, old);
    assertEquals(withoutEntry(document, host), withoutEntry(theirs, host), changed[0]);
  }
  const installed = [...after.keys()].filter((path) =>
    path.startsWith(skills!) && path.endsWith("/SKILL.md")
  );
  assert(installed.length >= 6, `${host.id} has ${installed.length} skills`);
}

/** Every line is there, in its order; one may have got a comma. */
function mustHoldLines(path: string, old: string, now: string): void {
  const lines = now.split("\n").map((line) => line.replace(/,\s*$/, ""));
  let at = 0;
  for (const line of old.split("\n").map((one) => one.replace(/,\s*$/, ""))) {
    const found = lines.indexOf(line, at);
    assert(found !== -1, `${path} has lost the line ${JSON.stringify(line)}`);
    at = found + 1;
  }
}

/** What another parser than ours reads; undefined where there is none at hand. */
function parsed(path: string, text: string): Record<string, unknown> | undefined {
  const read = new TextDecoder().decode(Uint8Array.from(text, (char) => char.charCodeAt(0)));
  if (path.endsWith(".json")) return JSON.parse(read);
  if (path.endsWith(".yaml")) return parseYaml(read) as Record<string, unknown>;
  return undefined;
}

function withoutEntry(document: Record<string, unknown> | undefined, host: Host): unknown {
  const copy = structuredClone(document ?? {});
  const [parent = "", name = ""] = host.placement.mcp.keyPath;
  const servers = copy[parent] as Record<string, unknown> | undefined;
  if (servers) delete servers[name];
  if (servers && Object.keys(servers).length === 0) delete copy[parent];
  return copy;
}

/** Our own configuration: the new keys are there, every other one is as it was. */
function mustKeepConfig(before: Snapshot, after: Snapshot, hosts: readonly Host[]): void {
  const path = ".ouroboros/config.yaml";
  const old = before.get(path)?.text;
  const now = after.get(path)!.text;
  if (old !== undefined) mustHoldLines(path, old, now);
  const [theirs, ours] = [old === undefined ? {} : parsed(path, old)!, parsed(path, now)!];
  assertEquals(ours.llm, theirs.llm, "llm");
  const orchestrator = ours.orchestrator as Record<string, unknown>;
  for (const host of hosts) assert(`${orchestrator[`${host.id}_cli_path`]}`.startsWith("/"));
  assertEquals(orchestrator.runtime_backend, hosts[0]!.id);
  assertEquals(after.get(".ouroboros/install.json")!.mode, 0o600);
}

function done(end: ProgramEnd, what = ""): void {
  assertEquals(end.code, 0, `${what}\n${end.stdout}\n${end.stderr}`);
}

function textOf(bench: SetupBench, path: string): string {
  try {
    return Deno.readTextFileSync(`${bench.home}/${path}`);
  } catch {
    return "";
  }
}

function left(bench: SetupBench): string[] {
  return [bench.tmp, bench.cwd].flatMap((path) =>
    [...Deno.readDirSync(path)].map((one) => one.name)
  );
}
