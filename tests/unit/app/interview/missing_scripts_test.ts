import { assertEquals } from "@std/assert";
import { missingScripts } from "../../../../lib/app/interview/missing_scripts.ts";
import { loadSeed } from "../../../../lib/engine/seed/load_seed.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

async function missingOf(check: unknown, dir = "."): Promise<string[]> {
  await using project = await tempDir();
  await Deno.mkdir(`${project.path}/web/tests`, { recursive: true });
  await Deno.writeTextFile(`${project.path}/web/tests/old.sh`, "exit 1\n");
  const document = {
    goal: "g",
    acceptance_criteria: [{ description: "It works", check }],
    workspace: { dir },
  };
  const { seed } = loadSeed(new TextEncoder().encode(JSON.stringify(document)), { name: "s" });
  return (await missingScripts(seed, project.path)).map((one) => `${one.criterion} ${one.path}`);
}

Deno.test("a script that nobody brings is missing; one of the project, or of the check, is not", async () => {
  assertEquals(await missingOf("sh tests/new.sh"), ["1 tests/new.sh"]);
  assertEquals(await missingOf("sh web/tests/old.sh"), []);
  assertEquals(await missingOf("sh tests/old.sh", "web"), []);
  assertEquals(
    await missingOf({ run: "sh tests/new.sh", files: { "tests/new.sh": "exit 1" } }),
    [],
  );
});

Deno.test("beside a check that brings its own, or looks from outside, nothing is missing", async () => {
  const shown = { run: "sh tests/new.sh" };
  const hidden = { run: "sh h.sh", hidden: true, files: { "h.sh": "exit 1\n" } };
  assertEquals(await missingOf([shown, hidden]), []);
  assertEquals(await missingOf([shown, { run: "sh a.sh", expect: { stdout: "3" } }]), []);
  assertEquals(await missingOf([shown, { run: "sh web/tests/old.sh", preserve: true }]), [
    "1 tests/new.sh",
  ]);
  assertEquals(await missingOf({ human: "Ann looks at it" }), []);
});
