import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { setConfig } from "../../../../lib/app/config/config_set.ts";
import { unsetConfig } from "../../../../lib/app/config/config_unset.ts";
import { parseConfig } from "../../../../lib/config/parse_config.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { pendingPath } from "../../../../lib/setup/write/pending_record.ts";
import { configHome } from "../../../helpers/config_home.ts";

const WRITE = { dryRun: false };

const TEXT = `# Settings of mine
orchestrator:
    runtime_backend: alpha # the quick one
    mine: 1

run: { attempts: 3, }   # few
env:
    pass:
        # for npm
        - NPM_TOKEN
`;

Deno.test("a set changes its value alone: comments, indentation and unknown keys stay", async () => {
  await using home = await configHome(TEXT);
  const change = await setConfig(home.app, { key: "run.attempts", value: "5" }, WRITE);
  assertEquals([change.changed, change.written, change.value, change.notes], [true, 5, 5, []]);
  assertEquals(await home.text(), TEXT.replace("attempts: 3", "attempts: 5"));
  await setConfig(home.app, { key: "orchestrator.runtime_backend", value: "beta" }, WRITE);
  await setConfig(home.app, { key: "limits.idle", value: "90s" }, WRITE);
  assertEquals(
    await home.text(),
    TEXT.replace("attempts: 3", "attempts: 5").replace("alpha #", "beta #") +
      'limits:\n    idle: "90s"\n',
  );
});

Deno.test("a set that says what the file says already writes nothing", async () => {
  await using home = await configHome(TEXT);
  const before = await Deno.stat(home.file);
  const change = await setConfig(home.app, { key: "env.pass", value: "NPM_TOKEN" }, WRITE);
  assertEquals([change.changed, change.lines], [false, null]);
  const after = await Deno.stat(home.file);
  assertEquals([after.ino, after.mtime], [before.ino, before.mtime]);
});

Deno.test("the first set makes a file of the present version that is its owner's alone", async () => {
  await using home = await configHome(null);
  await setConfig(home.app, { key: "runtimes.beta.model", value: "4.1" }, WRITE);
  assertEquals(
    await home.text(),
    'version: 1\nruntimes:\n  beta:\n    model: "4.1"\n',
  );
  assertEquals((await Deno.stat(home.file)).mode! & 0o777, 0o600);
  assertEquals((await Deno.stat(home.app.paths.root)).mode! & 0o777, 0o700);
});

Deno.test("text is written and read as it was typed, whatever YAML would make of it", async () => {
  for (
    const before of [
      null,
      "runtimes: { beta: { model: old } }\n",
      "runtimes:\n  beta:\n    model: old\n",
    ]
  ) {
    for (
      const value of ["x #y", "# x", "&x", "*x", "a: b", "{a", "'a' \"b\"", "a\\b", "%x", "- x"]
    ) {
      await using home = await configHome(before);
      await setConfig(home.app, { key: "runtimes.beta.model", value }, WRITE);
      const { document } = parseConfig(await home.text() ?? "", home.app.registry, "");
      const { model } = (document.runtimes as Record<string, { model?: string }>).beta!;
      assertEquals(model, value, String(before));
    }
  }
});

Deno.test("mode and newlines of the file stay, and its byte order mark", async () => {
  await using home = await configHome("\ufeffrun:\r\n  attempts: 3\r\n");
  await Deno.chmod(home.file, 0o640);
  await setConfig(home.app, { key: "run.minutes", value: "5" }, WRITE);
  assertEquals(
    new TextDecoder("utf-8", { ignoreBOM: true }).decode(await Deno.readFile(home.file)),
    "\ufeffrun:\r\n  attempts: 3\r\n  minutes: 5\r\n",
  );
  assertEquals((await Deno.stat(home.file)).mode! & 0o777, 0o640);
});

Deno.test("a dry run shows the lines and makes neither file nor folder", async () => {
  await using home = await configHome(null);
  const dry = { dryRun: true };
  const change = await setConfig(home.app, { key: "run.attempts", value: "5" }, dry);
  assertEquals(change.lines, {
    line: 1,
    removed: [],
    added: ["version: 1", "run:", "  attempts: 5"],
  });
  assertEquals(await Deno.stat(home.app.paths.root).catch(() => null), null);
});

Deno.test("what is shown of a change holds nobody's secret", async () => {
  await using home = await configHome("run: { attempts: 3, api_key: letmein }\n");
  const change = await setConfig(home.app, { key: "run.attempts", value: "5" }, WRITE);
  assertEquals(change.lines, {
    line: 1,
    removed: ["run: { attempts: 3, api_key: (not shown) }"],
    added: ["run: { attempts: 5, api_key: (not shown) }"],
  });
  assertEquals(await home.text(), "run: { attempts: 5, api_key: letmein }\n");
});

Deno.test("a value or key that cannot be writes nothing and exits 2", async () => {
  await using home = await configHome(TEXT);
  const cases: [string, string, string][] = [
    ["run.attempts", "0", "must be at least 1"],
    ["run.attempts", "many", "must be a number"],
    ["orchestrator.runtime_backend", "alhpa", 'Unknown runtime "alhpa"'],
    ["run.atempts", "3", 'Unknown key: "run.atempts"'],
    ["run", "3", "Name one key of the section"],
    ["llm.qa_model", "x", "earlier Python program"],
    ["llm.backend", "x", 'Unknown runtime "x"'],
    ["llm.backend", "beta", "The beta agent works on runs and answers no questions"],
    ["orchestrator.permission_mode", "default", 'called "run.permission" now'],
    ["version", "1", "this program writes it"],
    ["env.pass", "{agnets: [A]}", 'did you mean "agents"?'],
    ["env.pass.agents", "A", '"env.pass" is one list'],
    ["run.attempts=4", "x", "as a word of its own"],
  ];
  for (const [key, value, says] of cases) {
    const error = await assertRejects(
      () => setConfig(home.app, { key, value }, WRITE),
      OuroborosError,
    );
    assertEquals(error.exitCode, 2, `${key}: ${error.message}`);
    assertStringIncludes(error.message, says);
    assertEquals(await home.text(), TEXT);
  }
});

Deno.test("a secret that was typed is said nowhere", async () => {
  await using home = await configHome(TEXT);
  const secret = `${"sk"}-0123456789abcdef`;
  const typed = [
    { key: "provider.api_key", value: secret },
    { key: secret, value: "x" },
    { key: `OPENAI_API_KEY=${secret}`, value: "x" },
    { key: "env.pass", value: secret },
    { key: "env.pass", value: `OPENAI_API_KEY=${secret}` },
    { key: "run.attempts", value: secret },
    { key: "orchestrator.runtime_backend", value: secret },
    { key: "orchestrator.alpha_cli_path", value: `./${secret}` },
  ];
  for (const one of typed) {
    const error = await assertRejects(() => setConfig(home.app, one, WRITE), OuroborosError);
    assert(!`${error.message} ${error.hint}`.includes(secret), `${one.key}: ${error.message}`);
  }
  assertEquals(await home.text(), TEXT);
});

Deno.test("names to hand on can change their form, as a whole", async () => {
  await using home = await configHome(TEXT);
  const set = (value: string) => setConfig(home.app, { key: "env.pass", value }, WRITE);
  const pass = async () =>
    parseConfig(await home.text() ?? "", home.app.registry, "").document.env?.pass as unknown;
  await set("{agents: [A], checks: [B]}");
  assertEquals(await pass(), { agents: ["A"], checks: ["B"] });
  await setConfig(home.app, { key: "env.pass.agents", value: "C,D" }, WRITE);
  assertEquals(await pass(), { agents: ["C", "D"], checks: ["B"] });
  await set("{checks: [E]}");
  assertEquals(await pass(), { checks: ["E"] });
  await set("F");
  assertEquals(await pass(), ["F"]);
});

Deno.test("what decides beside the file is said", async () => {
  await using home = await configHome("runtimes: {alpha: {limits: {idle: 1m}}}\n", {
    OUROBOROS_RUN_ATTEMPTS: "9",
  });
  const attempts = await setConfig(home.app, { key: "run.attempts", value: "5" }, WRITE);
  assertEquals([attempts.written, attempts.value], [5, 9]);
  assertEquals(attempts.notes, [
    "OUROBOROS_RUN_ATTEMPTS in the environment decides run.attempts: it is 9",
  ]);
  const idle = await setConfig(home.app, { key: "limits.idle", value: "2m" }, WRITE);
  assertEquals(idle.notes, [
    '"runtimes.alpha.limits.idle" of the file decides runtimes.alpha.limits.idle: it is 1m',
  ]);
});

Deno.test("set and unset of a key that was not there give the file back", async () => {
  // A comma before a closing brace would stay with a blank more.
  for (
    const text of [TEXT.replace("3, }", "3 }"), "", "# nothing\n", "run:\n  attempts: 3\n", "{}\n"]
  ) {
    await using home = await configHome(text);
    const keys = { "run.minutes": "5", "runtimes.alpha.limits.total": "1h", "limits.idle": "9s" };
    for (const [key, value] of Object.entries(keys)) {
      await setConfig(home.app, { key, value }, WRITE);
      const change = await unsetConfig(home.app, key, WRITE);
      assertEquals([change.changed, change.written], [true, null]);
      const now = await home.text();
      // Of an empty file at least what it says is the same.
      if (text.trim().startsWith("#") || text.length > 3) assertEquals(now, text, key);
      else assertEquals(parseConfig(now ?? "", home.app.registry, "").written, {});
    }
  }
});

Deno.test("an unset leaves comments that are not the key's own", async () => {
  await using home = await configHome("run: # limits\n  # why\n  minutes: 5 # gone\n# end\n");
  await unsetConfig(home.app, "run.minutes", WRITE);
  const text = await home.text() ?? "";
  for (const comment of ["# limits", "# why", "# end"]) assertStringIncludes(text, comment);
  assert(!text.includes("minutes"), text);
});

Deno.test("an unset takes out what is not known too, and a name of the original's", async () => {
  await using home = await configHome(
    "run: {atempts: 3}\nllm: {backend: x}\norchestrator:\n  permission_mode: default\n  alpha_permission_mode: default\n",
  );
  await unsetConfig(home.app, "run.atempts", WRITE);
  await unsetConfig(home.app, "llm.backend", WRITE);
  const change = await unsetConfig(home.app, "run.permission", WRITE);
  assertEquals([change.changed, change.value], [true, "edit"]);
  await unsetConfig(home.app, "runtimes.alpha.permission", WRITE);
  assertEquals(parseConfig(await home.text() ?? "", home.app.registry, "").written, {});
});

Deno.test("an unset of what is not set changes nothing; of no key at all it exits 2", async () => {
  await using home = await configHome(TEXT);
  assertEquals((await unsetConfig(home.app, "run.minutes", WRITE)).changed, false);
  for (const key of ["run.minuts", "run", "nothing", "", "a..b", "version", "runtimes"]) {
    const error = await assertRejects(() => unsetConfig(home.app, key, WRITE), OuroborosError);
    assertEquals(error.exitCode, 2, key);
  }
  assertEquals(await home.text(), TEXT);
  await using none = await configHome(null);
  assertEquals((await unsetConfig(none.app, "run.attempts", WRITE)).changed, false);
  assertEquals(await none.text(), null);
});

Deno.test("a change that mends the file is made; one beside other mistakes is not", async () => {
  const text = "run:\n  attempts: 0\n  minutes: 5\n";
  await using home = await configHome(text);
  const error = await assertRejects(
    () => setConfig(home.app, { key: "run.minutes", value: "6" }, WRITE),
    OuroborosError,
  );
  assertEquals(error.exitCode, 1);
  assertStringIncludes(
    error.message,
    `${home.file}:2:3: run.attempts: found 0, expected at least 1`,
  );
  assertEquals(await home.text(), text);
  await setConfig(home.app, { key: "run.attempts", value: "2" }, WRITE);
  assertEquals(await home.text(), text.replace("0", "2"));
  await using other = await configHome(text);
  await unsetConfig(other.app, "run.attempts", WRITE);
  assertEquals(await other.text(), "run:\n  minutes: 5\n");
});

Deno.test("an earlier change that was cut off is ended first", async () => {
  await using home = await configHome(TEXT);
  await Deno.writeTextFile(pendingPath(home.app.paths.root), "");
  await setConfig(home.app, { key: "run.attempts", value: "5" }, WRITE);
  assertEquals(await home.text(), TEXT.replace("attempts: 3", "attempts: 5"));
  assertEquals([...Deno.readDirSync(home.app.paths.root)].map((one) => one.name), ["config.yaml"]);
});

Deno.test("killed at any step, the file is old or new, and the next change ends what was begun", async () => {
  const program = new URL("../../../helpers/config_set_program.ts", import.meta.url);
  const [old, fresh] = [TEXT, TEXT.replace("attempts: 3", "attempts: 5")];
  const seen = new Set<string | null>();
  let ended = false;
  for (let step = 1; !ended; step++) {
    await using home = await configHome(old);
    const { success, code } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", program.pathname, home.app.paths.home, String(step)],
      stderr: "null",
    }).output();
    assert(success || code === 137, `step ${step}: exit ${code}`);
    ended = success;
    const text = await home.text();
    assert(text === old || text === fresh, `step ${step}: ${text}`);
    seen.add(text);
    await setConfig(home.app, { key: "run.minutes", value: "7" }, WRITE);
    const { document } = parseConfig(await home.text() ?? "", home.app.registry, "");
    assertEquals(document.run?.minutes, 7);
    assert([3, 5].includes(document.run?.attempts ?? 0));
    const left = [...Deno.readDirSync(home.app.paths.root)].map((one) => one.name);
    assertEquals(left, ["config.yaml"], `step ${step}`);
    assert(step < 50);
  }
  assertEquals(seen.size, 2, "no kill came before the change, or none after");
});

Deno.test("changes at the same moment are all made, one after the other", async () => {
  await using home = await configHome(TEXT);
  await Promise.all([
    setConfig(home.app, { key: "run.attempts", value: "5" }, WRITE),
    setConfig(home.app, { key: "run.minutes", value: "7" }, WRITE),
    setConfig(home.app, { key: "run.max_tokens", value: "9" }, WRITE),
  ]);
  const { document } = parseConfig(await home.text() ?? "", home.app.registry, "");
  assertEquals({ ...document.run }, { attempts: 5, minutes: 7, max_tokens: 9 });
});
