import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { suggestedCarry, suggestFor, suggestionNotices } from "../../../lib/app/suggest.ts";
import { loadSeed } from "../../../lib/engine/seed/load_seed.ts";
import { writeFakeFiles } from "../../helpers/fake_workspace.ts";
import { gitProject } from "../../helpers/git_project.ts";
import { plainGit } from "../../helpers/git_runner.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

const FILES = {
  "package.json": '{"scripts":{"test":"node --test"}}',
  "package-lock.json": "{}",
  "packages/a/node_modules/x/index.js": "",
  "node_modules/y/package.json": "{}",
};
const seedOf = (check: string) =>
  loadSeed(
    new TextEncoder().encode(`goal: x\nacceptance_criteria: [{description: a, ${check}}]\n`),
    { name: "seed" },
  ).seed;

Deno.test("what a project seems to be is read from its names, also below its top", async () => {
  await using dir = await tempDir();
  await writeFakeFiles(dir.path, FILES);
  const git = plainGit(dir.path);
  const found = await suggestFor(git, dir.path);
  assertEquals(found.map((one) => one.check), ["npm test"]);
  assertEquals(await suggestedCarry(git, dir.path, seedOf("check: npm test")), [
    "node_modules",
    "packages/a/node_modules",
  ]);
  await Deno.mkdir(join(dir.path, "go/deep"), { recursive: true });
  assertEquals((await suggestFor(git, join(dir.path, "go"))).length, 0);
});

Deno.test("the plan says what a seed leaves open, and is silent where it leaves nothing open", async () => {
  await using dir = await tempDir();
  await writeFakeFiles(dir.path, FILES);
  const found = await suggestFor(plainGit(dir.path), dir.path);
  assertStringIncludes(
    suggestionNotices(seedOf("check: []"), found).join("\n"),
    '"npm test" may be the check that is missing',
  );
  const unprotected = suggestionNotices(seedOf("check: npm test"), found);
  assertStringIncludes(unprotected[0]!, 'protect: ["**/*.test.*"');
  assertStringIncludes(unprotected[1]!, 'workspace.prepare: "npm ci');
  const whole = seedOf("check: {run: npm test, protect: test}");
  const ready = { ...whole, workspace: { ...whole.workspace, carry: ["node_modules"] } };
  assertEquals(suggestionNotices(ready, found), []);
  assertEquals(suggestionNotices(seedOf("check: sh own.sh"), found), []);
});

Deno.test("what git holds is not carried, and an empty list in the seed means none", async () => {
  await using project = await gitProject({
    files: { ...FILES, ".gitignore": "packages/a/node_modules\n" },
  });
  await project.write({ "packages/a/node_modules/x/index.js": "" });
  const git = plainGit(project.home);
  const seed = seedOf("check: npm test");
  assertEquals(await suggestedCarry(git, project.dir, seed), ["packages/a/node_modules"]);
  // What comes with every checkout needs no preparation.
  const used = seedOf("check: {run: npm test, protect: test}");
  assertEquals(suggestionNotices(used, await suggestFor(git, project.dir)), []);
  // From a folder below the repository's top, too.
  const below = join(project.dir, "packages/b");
  await project.write({
    "packages/b/package.json": FILES["package.json"],
    "packages/b/node_modules/z.js": "",
  });
  assertEquals(await suggestedCarry(git, below, seed), ["node_modules"]);
  await project.git(["add", "-f", "packages/b"]);
  assertEquals(await suggestedCarry(git, below, seed), []);
  const none = loadSeed(
    new TextEncoder().encode("goal: x\nacceptance_criteria: [a]\nworkspace: { carry: [] }\n"),
    { name: "seed" },
  ).seed;
  assertEquals(await suggestedCarry(git, project.dir, none), []);
  await project.git(["rm", "-rq", "--cached", "node_modules"]);
  assertEquals(await suggestedCarry(git, project.dir, none), []);
  assertEquals((await suggestedCarry(git, project.dir, seed)).length, 2);
});
