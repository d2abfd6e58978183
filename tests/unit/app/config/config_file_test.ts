/** Every shape in which a configuration can be no configuration: named, and left as it is. */
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { dirname } from "@std/path";
import type { App } from "../../../../lib/app/app.ts";
import { getConfig } from "../../../../lib/app/config/config_get.ts";
import { listConfig } from "../../../../lib/app/config/config_list.ts";
import { setConfig } from "../../../../lib/app/config/config_set.ts";
import { unsetConfig } from "../../../../lib/app/config/config_unset.ts";
import { validateConfig } from "../../../../lib/app/config/config_validate.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { configHome } from "../../../helpers/config_home.ts";

const WRITE = { dryRun: false };

/** Broken text → what is said of it, after the file's name. */
const BROKEN: Readonly<Record<string, [string | Uint8Array, string]>> = {
  "a scalar": ["just text\n", ":1:1: found text as the whole document, expected a mapping"],
  "a number": ["42\n", ":1:1: found a number as the whole document, expected a mapping"],
  "a list": ["- run\n- limits\n", ":1:1: found a list as the whole document, expected a mapping"],
  "invalid YAML": ["run:\n  attempts: [3\n", ":3:1: found an error"],
  "a tab for indentation": ["run:\n\tattempts: 3\n", ":2:1: found an error"],
  "a key twice": [
    "run:\n  attempts: 3\n  minutes: 4\n  attempts: 5\n",
    ':4:3: found the key "attempts" a second time, expected it once',
  ],
  "several documents": ["run: {}\n---\nrun: {}\n", ":2:1: found several documents, expected one"],
  "a section that is text": [
    "limits: {}\nrun: yes\n",
    ':2:1: run: found "yes", expected a mapping',
  ],
  "a section that is a list": ["run: [attempts]\n", ":1:1: run: found a list, expected a mapping"],
  "a value of another type": [
    "run:\n  attempts: many\n",
    ':2:3: run.attempts: found "many", expected a number',
  ],
  "a value out of range": [
    "run:\n  attempts: 99\n",
    ":2:3: run.attempts: found 99, expected at most 20",
  ],
  "an unknown runtime": [
    "orchestrator:\n  runtime_backend: alhpa\n",
    ':2:3: orchestrator.runtime_backend: found "alhpa", expected "alpha" or "beta" or "inner"',
  ],
  "a wrong word of the original's": [
    "orchestrator:\n  permission_mode: all\n",
    ':2:3: orchestrator.permission_mode: found "all", expected "read" or "edit"',
  ],
  "a value among names": [
    "env:\n  pass: [GOOD, 'a=b']\n",
    ":2:3: env.pass[1]: found other text, expected the name of a variable",
  ],
  "a later version": ["version: 99\n", ":1:1: version: found 99, expected at most 1"],
  "CRLF and a mistake": ["run:\r\n  attempts: 0\r\n", ":2:3: run.attempts: found 0"],
  "a byte order mark and a mistake": [
    "\ufeffrun: { attempts: 0 }\n",
    ":1:8: run.attempts: found 0",
  ],
  "no UTF-8": [
    new Uint8Array([114, 117, 110, 58, 10, 32, 32, 0xff, 10]),
    ":2:3: found the byte 0xff at offset 7, expected UTF-8",
  ],
  "zero bytes": [new Uint8Array(40), " found "],
  "5 MB": [
    "# " + "x".repeat(5_000_000) + "\n",
    ": found 5,000,003 bytes, expected at most 1,000,000",
  ],
  "2 MB": [
    "# " + "x".repeat(2_000_000) + "\n",
    ": found 2,000,003 bytes, expected at most 1,000,000",
  ],
  "an alias in its own anchor": ["run: &a\n  more: *a\n", "found"],
};

/** Everything that reads or writes the file. */
const WAYS: Readonly<Record<string, (app: App) => Promise<unknown>>> = {
  get: (app) => getConfig(app, "run.minutes"),
  list: (app) => listConfig(app),
  set: (app) => setConfig(app, { key: "limits.total", value: "5m" }, WRITE),
  "set --dry-run": (app) => setConfig(app, { key: "limits.total", value: "5m" }, { dryRun: true }),
  unset: (app) => unsetConfig(app, "limits.total", WRITE),
};

for (const [name, [content, says]] of Object.entries(BROKEN)) {
  Deno.test(`a configuration that is ${name} is named with its place, and its bytes stay`, async () => {
    await using home = await configHome(content);
    const before = await Deno.readFile(home.file);
    for (const [way, use] of Object.entries(WAYS)) {
      const error = await assertRejects(() => use(home.app), OuroborosError);
      assertEquals(error.exitCode, 1, `${way}: ${error.message}`);
      assertStringIncludes(error.message, says, way);
      assertStringIncludes(error.message, home.file, way);
      assert(error.hint, way);
    }
    const report = await validateConfig(home.app);
    assertEquals(report.valid, false);
    for (const one of report.problems) assert(one.found && one.expected && one.fix);
    assertEquals(await Deno.readFile(home.file), before);
    assertEquals([...Deno.readDirSync(dirname(home.file))].length, 1);
  });
}

for (
  const [name, text] of Object.entries({
    "no bytes": "",
    "a comment": "# nothing\n",
    null: "null\n",
    "a tilde": "~\n",
    "empty sections": "run:\nlimits: ~\norchestrator:\n",
    "an empty mapping": "{}\n",
    "the mark of a document": "---\n",
  })
) {
  Deno.test(`a configuration that holds ${name} is a valid one, and can be changed`, async () => {
    await using home = await configHome(text);
    assertEquals((await validateConfig(home.app)).problems, []);
    assertEquals((await getConfig(home.app, "run.attempts")).value, 3);
    await setConfig(home.app, { key: "run.attempts", value: "5" }, WRITE);
    assertEquals((await getConfig(home.app, "run.attempts")).value, 5);
    for (const line of text.split("\n").filter((one) => one.startsWith("#"))) {
      assertStringIncludes(await home.text() ?? "", line);
    }
  });
}

Deno.test("a folder, a link to nothing and an unreadable file are told, by every way", async () => {
  const shapes: [string, (file: string) => Promise<void>][] = [
    ["found a folder, expected a file", (file) => Deno.mkdir(file)],
    ["where nothing is", (file) => Deno.symlink("/nowhere/at/all", file)],
    ["permission denied", async (file) => {
      await Deno.writeTextFile(file, "run: {}\n");
      await Deno.chmod(file, 0o000);
    }],
  ];
  for (const [says, make] of shapes) {
    await using home = await configHome("");
    await Deno.remove(home.file);
    await make(home.file);
    for (const [way, use] of Object.entries({ ...WAYS, validate: validateConfig })) {
      const error = await assertRejects(() => use(home.app), OuroborosError);
      assertEquals(error.exitCode, 1, way);
      assertStringIncludes(error.message, says, way);
      // What only reads does not say that it would write.
      assertEquals(
        /^Write /.test(error.message),
        /^(un)?set/.test(way) && says !== "permission denied",
        way,
      );
    }
  }
});

Deno.test("a link to a file is read, and not written through", async () => {
  await using home = await configHome("run: {attempts: 7}\n");
  await Deno.rename(home.file, `${home.file}.real`);
  await Deno.symlink(`${home.file}.real`, home.file);
  assertEquals((await getConfig(home.app, "run.attempts")).value, 7);
  const error = await assertRejects(() => WAYS.set!(home.app), OuroborosError);
  assertEquals(error.exitCode, 1);
  assertStringIncludes(error.message, "found a link");
  assertStringIncludes(error.hint ?? "", "mv");
  assertEquals((await Deno.lstat(home.file)).isSymlink, true);
  assertEquals(await home.text(), "run: {attempts: 7}\n");
});

Deno.test("a read-only file or folder is not written over", async () => {
  await using home = await configHome("run: {attempts: 7}\n");
  const root = home.app.paths.root;
  for (const [path, mode] of [[home.file, 0o444], [root, 0o555]] as const) {
    const before = (await Deno.stat(path)).mode! & 0o777;
    await Deno.chmod(path, mode);
    const error = await assertRejects(() => WAYS.set!(home.app), OuroborosError);
    assertEquals([error.code, error.exitCode], ["not_writable", 1]);
    await Deno.chmod(path, before);
  }
  assertEquals(await home.text(), "run: {attempts: 7}\n");
});
