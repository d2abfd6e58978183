import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { seedSurroundings } from "../../../../lib/app/interview/seed_surroundings.ts";
import { gitProject } from "../../../helpers/git_project.ts";
import { plainGit } from "../../../helpers/git_runner.ts";

const FILES = {
  "package.json": '{"scripts": {"test": "node --test"}}',
  "package-lock.json": "{}",
  ".gitignore": "node_modules/\n",
  "test/a.spec.js": "",
};

Deno.test("a project's files, tools, and what they need that git ignores", async () => {
  await using project = await gitProject({ files: FILES });
  const app = { git: plainGit(project.home, { calls: [] }) };
  const bare = await seedSurroundings(app, project.dir);
  assertEquals(bare.paths.toSorted(), Object.keys(FILES).toSorted());
  assertEquals(bare.tools.map((one) => [one.kind, one.check]), [["Node", "npm test"]]);
  assertEquals(bare.carry, []);
  await project.write({ "node_modules/one/index.js": "" });
  const filled = await seedSurroundings(app, project.dir);
  assertEquals([filled.carry, filled.paths.length], [["node_modules"], 4]);
});

Deno.test("a folder that is not there yet tells nothing", async () => {
  await using project = await gitProject();
  const app = { git: plainGit(project.home, { calls: [] }) };
  assertEquals(await seedSurroundings(app, join(project.dir, "later")), {
    ...{ paths: [], tools: [], carry: [] },
  });
});
