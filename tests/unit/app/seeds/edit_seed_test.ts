import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { type EditHooks, editSeed } from "../../../../lib/app/seeds/edit_seed.ts";
import { seedsFolder } from "../../../../lib/app/seeds/stored_seeds.ts";
import { loadSeed } from "../../../../lib/engine/seed/load_seed.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { type AppBench, appBench, openApp } from "../../../helpers/app_bench.ts";

const FROZEN = "# from an interview\ngoal: Coupons work\nmetadata: { seed_id: seed_one }\n";

/** A bench with a frozen seed, one in the project, and an editor that is a shell line. */
async function editing(editor: string, more: Record<string, string> = {}) {
  const bench = await appBench({
    files: { "seed.yaml": "goal: Ours\n" },
    env: { EDITOR: `sh -c '${editor}' edit`, ...more },
  });
  await Deno.mkdir(seedsFolder(bench.app), { recursive: true });
  await Deno.writeTextFile(join(seedsFolder(bench.app), "seed_one.yaml"), FROZEN);
  return bench;
}

function asked(...answers: boolean[]) {
  const told: string[] = [];
  const hooks: EditHooks = {
    again: (problem) => {
      told.push(problem.message);
      return Promise.resolve(answers.shift() ?? false);
    },
    kept: (path) => void told.push(path),
    doubts: (doubts) => {
      told.push(...doubts);
      return Promise.resolve(answers.shift() ?? false);
    },
  };
  return { told, hooks };
}

async function refused(bench: AppBench, word: string, hooks = asked().hooks) {
  return await assertRejects(() => editSeed(bench.app, word, hooks), OuroborosError);
}

async function copies(bench: AppBench): Promise<string[]> {
  const folder = join(seedsFolder(bench.app), "edits");
  const names = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
  return names.map((one) => join(folder, one.name));
}

const SAY = 'sed -i.bak "s/goal: .*/goal: Vouchers work/" "$1"; rm -f "$1.bak"';

Deno.test("a frozen seed stays; what was made of it has an id of its own and names it", async () => {
  await using bench = await editing(SAY);
  const edited = await editSeed(bench.app, "seed_one", asked().hooks);
  assertEquals([edited.change, edited.from], ["frozen", "seed_one"]);
  assert(/^seed_[0-9a-z]{18}$/.test(edited.id));
  assertEquals(await Deno.readTextFile(join(seedsFolder(bench.app), "seed_one.yaml")), FROZEN);
  const text = await Deno.readTextFile(edited.path);
  assertStringIncludes(text, "# from an interview\ngoal: Vouchers work\n");
  const { seed } = loadSeed(new TextEncoder().encode(text), { name: "seed" });
  assertEquals([seed.id, seed.metadata.parent_seed_id], [edited.id, "seed_one"]);
  assertEquals((await Deno.stat(edited.path)).mode! & 0o777, 0o600);
  assertEquals(await copies(bench), []);
});

Deno.test("a file of the user's own is written back, with its rights", async () => {
  await using bench = await editing(SAY);
  const file = join(bench.project, "seed.yaml");
  await Deno.chmod(file, 0o640);
  const edited = await editSeed(bench.app, "seed.yaml", asked().hooks);
  assertEquals([edited.change, edited.path, edited.from], ["saved", file, null]);
  assertEquals(await Deno.readTextFile(file), "goal: Vouchers work\n");
  assertEquals((await Deno.stat(file)).mode! & 0o777, 0o640);
});

Deno.test("nothing changed, or an editor that ends with an error, changes nothing and leaves nothing", async () => {
  await using same = await editing(":");
  assertEquals((await editSeed(same.app, "seed_one", asked().hooks)).change, "unchanged");
  assertEquals(await copies(same), []);
  await using fails = await editing("exit 3");
  const error = await refused(fails, "seed_one");
  assertEquals([error.code, error.exitCode], ["cancelled", 7]);
  assertStringIncludes(error.message, "ended with exit code 3");
  assertEquals(await copies(fails), []);
});

Deno.test("an editor that takes its file away is told as that, and nothing is said to be kept", async () => {
  await using bench = await editing('rm "$1"');
  const error = await refused(bench, "seed_one");
  assertEquals(
    error.hint,
    "The editor took its file away, so that nothing is kept; again: ouroboros seed edit seed_one",
  );
  assertEquals(await copies(bench), []);
});

Deno.test("what is not valid is refused with its place, kept, and gone on with", async () => {
  await using bench = await editing('echo "constraint: x" >"$1"');
  const error = await refused(bench, "seed_one");
  assertEquals([error.code, error.exitCode], ["seed_invalid", 2]);
  assertStringIncludes(error.message, "goal: ");
  const [copy, ...more] = await copies(bench);
  assertEquals(more, []);
  assertEquals(await Deno.readTextFile(copy!), "constraint: x\n");
  assertEquals(
    error.hint,
    `Your text is kept in "${copy}"; to go on: ouroboros seed edit seed_one`,
  );
  // A person mends it by hand; the next edit finds that text.
  await Deno.writeTextFile(copy!, "goal: Mended\n");
  await using again = editingIn(bench, ":");
  const { hooks, told } = asked();
  const edited = await editSeed(again.app, "seed_one", hooks);
  assertEquals([edited.change, told], ["frozen", [copy]]);
  assertStringIncludes(await Deno.readTextFile(edited.path), "goal: Mended");
  assertEquals(await copies(bench), []);
});

/** The same places with another editor. */
function editingIn(bench: AppBench, editor: string) {
  const app = openApp(bench, { env: { EDITOR: editor } });
  return { app, [Symbol.asyncDispose]: () => app.close() };
}

Deno.test("a person who says so is given it again", async () => {
  // The first time it writes nonsense, the second time a seed.
  await using bench = await editing(
    'if grep -q nonsense "$1"; then echo "goal: Good"; else echo "nonsense: 1"; fi >"$1.new"; mv "$1.new" "$1"',
  );
  const { hooks, told } = asked(true);
  const edited = await editSeed(bench.app, "seed_one", hooks);
  assertEquals([edited.change, told.length], ["frozen", 1]);
});

Deno.test("a file that was changed meanwhile is not written over, and the text is kept", async () => {
  await using bench = await editing(`${SAY}; echo "goal: Theirs" >seed.yaml`);
  const error = await refused(bench, "seed.yaml");
  assertEquals(error.code, "conflict");
  assertEquals(await Deno.readTextFile(join(bench.project, "seed.yaml")), "goal: Theirs\n");
  const [copy] = await copies(bench);
  assertEquals(error.hint, `Your text is kept in "${copy}"`);
  assertEquals(await Deno.readTextFile(copy!), "goal: Vouchers work\n");
});

Deno.test("without an editor the file is named, and one that is not there is", async () => {
  await using none = await editing(":", { EDITOR: "" });
  const error = await refused(none, "seed_one");
  assertEquals([error.code, error.exitCode], ["program_missing", 6]);
  assertEquals(
    error.message,
    `Edit the seed "${join(seedsFolder(none.app), "seed_one.yaml")}": ` +
      "neither VISUAL nor EDITOR names an editor",
  );
  await using gone = await editing(":", { VISUAL: "no-such-editor --wait" });
  const other = await refused(gone, "seed_one");
  assertEquals(other.message, 'Start the editor "no-such-editor --wait": there is no such program');
  assertEquals(await copies(gone), []);
});

Deno.test("what lets a seed decide less than before is frozen only with a yes; the text is kept", async () => {
  const slip =
    `printf "goal: Coupons\\nacceptance_criteria:\\n  - description: A\\n    chek: sh a.sh\\n` +
    `  - description: B\\n    check: exit 0\\n" >"$1"`;
  await using bench = await editing(slip);
  const { hooks, told } = asked(false, true);
  const error = await refused(bench, "seed_one", hooks);
  assertEquals([error.code, error.exitCode], ["needs_input", 4]);
  assertStringIncludes(told.join("\n"), "chek: is not known");
  assertStringIncludes(told.join("\n"), "has no check: nothing can decide it");
  assertStringIncludes(told.join("\n"), 'criterion "2": "exit 0" says yes whatever is done');
  assertStringIncludes(error.hint!, "or as it is: ouroboros seed edit seed_one --yes");
  assertEquals((await copies(bench)).length, 1);
  assertEquals((await editSeed(bench.app, "seed_one", hooks)).change, "frozen");
  assertEquals(await copies(bench), []);
});

Deno.test("of a file of the user's own it is said, and nobody is asked", async () => {
  await using bench = await editing('printf "goal: Ours\\nacceptance_criteria: [A]\\n" >"$1"');
  const { hooks, told } = asked(false);
  assertEquals((await editSeed(bench.app, "seed.yaml", hooks)).change, "saved");
  assertEquals(told, ["acceptance_criteria[0]: has no check: nothing can decide it"]);
});
