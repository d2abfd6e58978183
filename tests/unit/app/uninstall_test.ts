import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { sha256 } from "../../../lib/kernel/digest.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { setupApp } from "../../helpers/setup_app.ts";

Deno.test("what setup wrote is taken back to the byte, one host after the other", async () => {
  await using bench = await setupApp();
  await bench.write(".ant/ant.json", '{\n  // mine\n  "mine": 1\n}\n'.replace("  // mine\n", ""));
  const before = await bench.tree();
  await bench.setup({ names: ["all"] });
  await bench.uninstall({ names: ["ant"] });
  assertEquals(await bench.read(".ant/ant.json"), '{\n  "mine": 1\n}\n');
  assert("servers" in JSON.parse(await bench.read(".bee/bee.json")));
  const { result } = await bench.uninstall();
  assertEquals([result.outcome, result.kept], ["done", []]);
  assertEquals(await bench.tree(), before);
});

Deno.test("where nothing is, it says so and writes nothing", async () => {
  await using bench = await setupApp();
  const before = await bench.tree();
  assertEquals((await bench.uninstall()).result.outcome, "nothing");
  assertEquals(await bench.tree(), before);
});

Deno.test("a dry run and a no change nothing", async () => {
  await using bench = await setupApp();
  await bench.setup({ names: ["ant"] });
  const before = await bench.tree();
  assertEquals((await bench.uninstall({ dryRun: true })).result.outcome, "planned");
  const no = () => Promise.resolve(false);
  const questions = { confirm: no, purge: no };
  const error = await assertRejects(
    () => bench.uninstall({ yes: false, questions }),
    OuroborosError,
  );
  assertEquals(error.exitCode, 7);
  const nobody = await assertRejects(() => bench.uninstall({ yes: false }), OuroborosError);
  assertEquals([nobody.exitCode, nobody.hint], [4, "ouroboros uninstall --yes"]);
  assertEquals(await bench.tree(), before);
});

Deno.test("a purge removes our folder and what is in it, and follows no link", async () => {
  await using bench = await setupApp();
  const before = await bench.tree();
  await bench.setup({ names: ["ant"] });
  await bench.write(".ouroboros/runs/one/file", "work");
  await bench.write("Documents/precious", "mine");
  await Deno.symlink(`${bench.home}/Documents`, `${bench.home}/.ouroboros/runs/link`);
  const { result } = await bench.uninstall({ purge: true });
  assertEquals(result.purge?.folder, `${bench.home}/.ouroboros`);
  assert(result.purge!.bytes > 0);
  assertEquals(await bench.read("Documents/precious"), "mine");
  await Deno.remove(`${bench.home}/Documents`, { recursive: true });
  assertEquals(await bench.tree(), before);
});

Deno.test("a folder that OUROBOROS_HOME names loses only what is proved to be ours", async () => {
  await using bench = await setupApp({ env: { OUROBOROS_HOME: "~/things" } });
  await bench.write("things/letter", "mine");
  await bench.write("things/config.yaml", "theme: dark\n");
  await bench.write("things/journal.db", "dear diary");
  await bench.write("things/tmp/x", "mine");
  await bench.write("things/slots/ant-1", "of a machine with coins");
  await bench.write("things/interviews/with-ada/notes.txt", "mine");
  await bench.write("things/runs/marathon/times.csv", "2:59");
  await bench.write("things/runs/run_0123456789abcdefgh/notes.txt", "mine, by chance");
  const before = await bench.tree();
  await bench.setup({ names: ["ant"] });
  const ours = "run_0123456789abcdefgj";
  await bench.write(`things/runs/${ours}/worktrees/one/file`, "work");
  const { result } = await bench.uninstall({ purge: true });
  assertEquals(result.purge?.left, [
    "config.yaml",
    "interviews",
    "journal.db",
    "letter",
    "runs/marathon",
    "runs/run_0123456789abcdefgh",
    "slots",
    "tmp",
  ]);
  assertEquals(result.purged, { removed: [`${bench.home}/things/runs/${ours}`], stays: true });
  assertEquals(await bench.tree(), before);
});

Deno.test("a folder that OUROBOROS_HOME names and that holds ours alone goes whole", async () => {
  await using bench = await setupApp({ env: { OUROBOROS_HOME: "~/things" } });
  const before = await bench.tree();
  await bench.write("things/config.yaml", "run:\n  attempts: 2\n");
  await bench.write("things/slots/ant-1", "");
  await bench.write("things/interviews/interview_0123456789abcdefgh/1-ant.stdout", "said");
  await bench.app.journal();
  const { result } = await bench.uninstall({ purge: true });
  assertEquals(result.purge?.left, []);
  assertEquals(result.purged, { removed: [`${bench.home}/things`], stays: false });
  assertEquals(await bench.tree(), before);
});

Deno.test("a link in the place of our folder is not purged", async () => {
  await using bench = await setupApp();
  await bench.write("elsewhere/precious", "mine");
  await Deno.symlink(`${bench.home}/elsewhere`, `${bench.home}/.ouroboros`);
  const error = await assertRejects(() => bench.uninstall({ purge: true }), OuroborosError);
  assertEquals(error.code, "host_file_unusable");
  assertEquals(await bench.read("elsewhere/precious"), "mine");
});

Deno.test("a part that somebody changed stays, and is named", async () => {
  await using bench = await setupApp();
  await bench.setup({ names: ["ant"] });
  const skill = ".ant/skills/ouroboros-run/SKILL.md";
  await Deno.writeTextFile(`${bench.home}/${skill}`, "my own words\n", { append: true });
  const { result } = await bench.uninstall();
  assertEquals(result.kept, [`${bench.home}/${skill}`]);
  assertStringIncludes(await bench.read(skill), "my own words");
  await bench.uninstall({ force: true });
  assertEquals(await Deno.lstat(`${bench.home}/${skill}`).catch(() => null), null);
});

Deno.test("a runtime that a person chose since is theirs: named, and no failure", async () => {
  await using bench = await setupApp();
  await bench.setup({ names: ["ant"] });
  const config = ".ouroboros/config.yaml";
  await bench.write(config, (await bench.read(config)).replace('backend: "ant"', "backend: bee"));
  const { result } = await bench.uninstall();
  assertEquals([result.outcome, result.kept, result.again], ["done", [], []]);
  assertEquals(result.yours, [{
    path: `${bench.home}/${config}`,
    why: "you set orchestrator.runtime_backend since: it is yours and stays",
  }]);
  assertEquals(await bench.read(config), "version: 1\norchestrator:\n  runtime_backend: bee\n");
});

Deno.test("an entry of an earlier installer that comes back is named, and the next uninstall takes it", async () => {
  await using bench = await setupApp();
  const file = ".ant/ant.json";
  const args = ["--from", "ouroboros-ai[mcp]", "ouroboros", "mcp", "serve"];
  const text = `${JSON.stringify({ servers: { ouroboros: { command: "uvx", args } }, a: 1 })}\n`;
  await bench.write(file, text);
  await bench.setup({ names: ["ant"] });
  const { result } = await bench.uninstall();
  assertEquals([result.kept, result.again], [[], [`${bench.home}/${file}`]]);
  assertEquals(await bench.read(file), text);
  const second = await bench.uninstall();
  assertEquals([second.result.outcome, second.result.again], ["done", []]);
  assertEquals(JSON.parse(await bench.read(file)), { a: 1 });
});

Deno.test("the last word is how the program itself is removed", async () => {
  await using bench = await setupApp();
  assertEquals((await bench.uninstall()).result.program, `rm ${bench.program}`);
});

Deno.test("a file on record that is in no place of this home is named, and not taken for changed", async () => {
  await using bench = await setupApp();
  await bench.setup({ names: ["ant"] });
  const path = `${bench.home}/mine.txt`;
  await Deno.writeTextFile(path, "mine\n");
  const receipt = JSON.parse(await bench.read(".ouroboros/install.json"));
  const { files } = receipt.runtimes.ant;
  files.push({ path, sha256: sha256(await Deno.readFile(path)) });
  await bench.write(".ouroboros/install.json", JSON.stringify(receipt));
  const { result } = await bench.uninstall();
  assertEquals([result.outcome, result.kept, result.yours], ["done", [], []]);
  assertEquals(result.elsewhere.map((one) => one.path), [path]);
  assertStringIncludes(result.elsewhere[0]!.why, "--force");
  const again = await bench.uninstall();
  assertEquals([again.result.outcome, again.result.elsewhere.length], ["nothing", 1]);
  const forced = await bench.uninstall({ force: true });
  assertEquals([forced.result.elsewhere, forced.result.yours.length], [[], 1]);
  assertEquals(Object.keys(await bench.tree()), ["/", "mine.txt"]);
  assertEquals(await bench.read("mine.txt"), "mine\n");
});
