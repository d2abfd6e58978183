/**
 * The whole way of a user with one file: `smoke.ts [--binary FILE] [--update]`. Compiles the
 * program, copies it into an empty home, sets up each host with stubs, compares what came with the
 * listings in `tests/fixtures/smoke`, has work done and checked by a stub of an agent, and takes
 * everything out again. Without network where the system can do that. `--update` writes the listings.
 * Ends with one line; exits non-zero when anything is not as wanted.
 */
import { assert, assertEquals } from "@std/assert";
import { compile } from "../../.ci/compile_program.ts";
import { option } from "../../.ci/option.ts";
import { whereIs } from "../helpers/install_bench.ts";
import { declared, type Host, HOSTS, writeStub } from "../helpers/setup_bench.ts";
import { differences, type Snapshot, snapshot } from "../helpers/setup_snapshot.ts";
import { tempDir } from "../helpers/temp_dir.ts";

const ROOT = new URL("../../", import.meta.url);
const LISTINGS = new URL("../fixtures/smoke/", import.meta.url);
const update = Deno.args.includes("--update");

/** The host whose stub does the work of a run. */
const WORKER = HOSTS[0]!;

/** A stub of the worker's CLI: does what the seed asks, and says so as the worker would. */
const SESSION = "1a105099-ac7e-49cd-8a2f-5a9da8f231c8";
const SAID = [
  {
    ...{ type: "system", subtype: "init", session_id: SESSION, tools: ["Write"], model: "m" },
    ...{ mcp_servers: [], permissionMode: "acceptEdits" },
  },
  {
    ...{ type: "result", subtype: "success", is_error: false, duration_ms: 1, num_turns: 1 },
    ...{ result: "Done", session_id: SESSION, usage: { input_tokens: 100, output_tokens: 20 } },
  },
];
const WORK = [
  "cat >/dev/null",
  "echo 'echo hello' >greet.sh",
  ...SAID.map((line) => `echo '${JSON.stringify(line)}'`),
].join("\n");

const SEED = `schema: 1
goal: The shop greets
acceptance_criteria:
  - id: greet
    description: greet.sh prints hello
    check: { run: sh check.sh, protect: check.sh }
`;
const CHECK = `[ "$(sh greet.sh)" = hello ] || { echo "expected hello"; exit 1; }\n`;

const startedMs = performance.now();
const program = option("binary") ?? await build();
await using dir = await tempDir();
const at = (name: string) => `${dir.path}/${name}`;
const [home, bin, tmp, project] = [at("home"), at("bin"), at("tmp"), at("project")];
for (const path of [home, bin, tmp, project]) await Deno.mkdir(path);
await Deno.chmod(home, 0o755);
const wrap = await withoutNetwork();

await Deno.mkdir(`${home}/.local/bin`, { recursive: true });
await Deno.copyFile(program, `${home}/.local/bin/ouroboros`);
for (const host of HOSTS) await writeStub(bin, host, host === WORKER ? WORK : "exit 1");
await Deno.symlink(whereIs("git") ?? "/usr/bin/git", `${bin}/git`);
const start = await snapshot(home);

const bundles = [...Deno.readDirSync(new URL("skills/", ROOT))].map((entry) => entry.name).sort();
const listed: { name: string }[] = JSON.parse(await ouroboros("skills", "--json"));
assertEquals(listed.map((one) => one.name), bundles, "the program holds the bundles of the tree");

let files = 0;
for (const host of HOSTS) {
  await ouroboros("setup", "--runtime", host.id, "--yes");
  const now = await snapshot(home);
  const listing = listingOf(host, now);
  files += listing.split("\n").filter((line) => line.startsWith("file ")).length;
  await compareListing(host.id, listing);
  await ouroboros("setup", "--status", "--runtime", host.id);
  await ouroboros("uninstall", "--yes");
  await mustBeAsBefore(`uninstall of ${host.id}`);
}

await ouroboros("setup", "--runtime", HOSTS.map((host) => host.id).join(","), "--yes");
await ouroboros("doctor");
await makeProject();
await ouroboros("run", "seed.yaml");
await ouroboros("apply");
assertEquals(await Deno.readTextFile(`${project}/greet.sh`), "echo hello\n", "the applied work");
await ouroboros("uninstall", "--yes", "--purge");
await mustBeAsBefore("uninstall --purge after a run");
assertEquals([...Deno.readDirSync(tmp)].map((entry) => entry.name), [], "TMPDIR");

const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
const network = wrap.length > 1 ? ", without network" : "";
console.log(
  `smoke: ${HOSTS.length} hosts set up and taken out, ${files} files as listed, ` +
    `${bundles.length} bundles, 1 seed passed, home as before${network} (${seconds} s)`,
);

async function build(): Promise<string> {
  const output = new URL(".cache/smoke/ouroboros", ROOT).pathname;
  await compile({ entry: "main.ts", output, include: ["skills"] });
  return output;
}

/** What goes before the program: a namespace of its own without a network, and a known umask. */
async function withoutNetwork(): Promise<string[]> {
  const unshare = whereIs("unshare");
  const masked = ["/bin/sh", "-c", 'umask 022; exec "$@"', "sh"];
  for (const words of Deno.build.os === "linux" && unshare ? [["-n"], ["-rn"]] : []) {
    const args = [...words, "true"];
    const output = await new Deno.Command(unshare!, { args, stderr: "null" }).output();
    if (output.success) return [unshare!, ...words, ...masked];
  }
  return masked;
}

/** Starts the installed program as a user would, and wants exit code 0. */
async function ouroboros(...words: string[]): Promise<string> {
  const [command = "", ...before] = wrap;
  const output = await new Deno.Command(command, {
    args: [...before, `${home}/.local/bin/ouroboros`, ...words],
    cwd: project,
    clearEnv: true,
    env: { HOME: home, TMPDIR: tmp, PATH: `${home}/.local/bin:${bin}:/usr/bin:/bin` },
    stdin: "null",
  }).output();
  const [printed, complaint] = [output.stdout, output.stderr].map((one) =>
    new TextDecoder().decode(one)
  );
  assert(output.success, `ouroboros ${words.join(" ")}: ${output.code}\n${printed}\n${complaint}`);
  return printed!;
}

/** What came: each path with its bits, and the text of files that were written for a host. */
function listingOf(host: Host, now: Snapshot): string {
  const { edited } = declared(host);
  const lines: string[] = [];
  const texts: string[] = [];
  for (const [path, { kind, mode, text }] of [...now].sort(([a], [b]) => a < b ? -1 : 1)) {
    if (start.has(path)) continue;
    lines.push(`${kind} ${mode.toString(8)} ${path}`);
    if (!edited.includes(path) && path !== ".ouroboros/config.yaml") continue;
    texts.push(`\n== ${path}\n${text.replaceAll(home, "[HOME]").replaceAll(bin, "[BIN]")}`);
  }
  return `${lines.join("\n")}\n${texts.join("")}`.replace(/\n*$/, "\n");
}

async function compareListing(id: string, listing: string): Promise<void> {
  const file = new URL(`${id}.txt`, LISTINGS);
  if (update) return await Deno.writeTextFile(file, listing);
  assertEquals(listing, await Deno.readTextFile(file), `${id}: else smoke.ts --update`);
}

async function mustBeAsBefore(what: string): Promise<void> {
  assertEquals(differences(start, await snapshot(home)), [], what);
}

async function makeProject(): Promise<void> {
  await Deno.writeTextFile(`${project}/seed.yaml`, SEED);
  await Deno.writeTextFile(`${project}/check.sh`, CHECK);
  const identity = ["-c", "user.name=A Person", "-c", "user.email=person@example.com"];
  for (
    const args of [
      ["init", "-q", "-b", "main"],
      ["add", "-A"],
      [...identity, "commit", "-q", "-m", "Start"],
    ]
  ) {
    const { success } = await new Deno.Command("git", { args, cwd: project }).output();
    assert(success, `git ${args.join(" ")}`);
  }
}
