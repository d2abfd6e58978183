/** Our section in a project's instructions, by the program: put in on request, taken out exactly. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type ProgramEnd, runProgram } from "../helpers/program.ts";
import { tempDir } from "../helpers/temp_dir.ts";

async function scene() {
  const dir = await tempDir();
  const home = `${dir.path}/home`;
  const project = `${dir.path}/project`;
  for (const folder of [home, `${project}/deep`]) await Deno.mkdir(folder, { recursive: true });
  const git = new Deno.Command("git", { args: ["init", "-q"], cwd: project });
  assert((await git.output()).success);
  return {
    home,
    project,
    run: (words: string, cwd = project) => runProgram({ args: words.split(" "), cwd, home }),
    read: (name: string) => Deno.readTextFile(`${project}/${name}`).catch(() => null),
    write: (name: string, text: string) => Deno.writeTextFile(`${project}/${name}`, text),
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
}

function done({ code, stdout, stderr }: ProgramEnd, wanted = 0): void {
  assertEquals(code, wanted, `${stdout}\n${stderr}`);
}

Deno.test("a section is shown, written on a yes alone, and taken out to the byte", async () => {
  await using one = await scene();
  await one.write("CLAUDE.md", "# Rules\r\n\r\nNone");
  const dry = await one.run("setup --project --runtime claude,codex --dry-run");
  done(dry);
  assertStringIncludes(dry.stdout, "+## Ouroboros");
  assertStringIncludes(dry.stdout, "nothing was");
  const unasked = await one.run("setup --project --runtime claude,codex");
  done(unasked, 4);
  assertStringIncludes(unasked.stderr, "setup --project --runtime claude,codex --yes");
  assertEquals([await one.read("CLAUDE.md"), await one.read("AGENTS.md")], [
    "# Rules\r\n\r\nNone",
    null,
  ]);
  assertEquals([...Deno.readDirSync(one.home)], []);

  done(await one.run("setup --project --runtime claude,codex --yes", `${one.project}/deep`));
  for (const name of ["CLAUDE.md", "AGENTS.md"]) {
    assertStringIncludes(await one.read(name) ?? "", "## Ouroboros");
  }
  const again = await one.run("setup --project --runtime claude,codex --yes --json");
  done(again);
  assertEquals(JSON.parse(again.stdout).outcome, "unchanged");

  const kept = await one.run("uninstall --project --force");
  done(kept, 4);
  assertStringIncludes(kept.stderr, "uninstall --project --force --yes");
  done(await one.run("uninstall --project --yes"));
  assertEquals([await one.read("CLAUDE.md"), await one.read("AGENTS.md")], [
    "# Rules\r\n\r\nNone",
    null,
  ]);
  assertEquals([...Deno.readDirSync(one.home)], []);
  const nothing = await one.run("uninstall --project --yes");
  done(nothing);
  assertStringIncludes(nothing.stdout, "Nothing to take out");
});

Deno.test("an uninstall of everything takes it out too, one of a host does not", async () => {
  await using one = await scene();
  await one.write("AGENTS.md", "# Rules\n");
  done(await one.run("setup --project --runtime opencode --yes"));
  done(await one.run("uninstall --runtime codex --yes"));
  assertStringIncludes(await one.read("AGENTS.md") ?? "", "## Ouroboros");
  const dry = await one.run("uninstall --dry-run");
  done(dry);
  assertStringIncludes(dry.stdout, "AGENTS.md");
  done(await one.run("uninstall --yes"));
  assertEquals(await one.read("AGENTS.md"), "# Rules\n");
  assertEquals([...Deno.readDirSync(one.home)], []);
});

Deno.test("a link to the project's other file is that file, written once", async () => {
  await using one = await scene();
  await one.write("AGENTS.md", "# Rules\n");
  await Deno.symlink("AGENTS.md", `${one.project}/CLAUDE.md`);
  done(await one.run("setup --project --runtime all --yes"));
  assertEquals((await one.read("AGENTS.md"))?.split("## Ouroboros").length, 2);
  assert((await Deno.lstat(`${one.project}/CLAUDE.md`)).isSymlink);
  done(await one.run("uninstall --project --yes"));
  assertEquals(await one.read("AGENTS.md"), "# Rules\n");
});

Deno.test("no host reads the section twice, and each reads the file in which it stands", async () => {
  await using one = await scene();
  await one.write("CLAUDE.md", "@AGENTS.md\n");
  await one.write("AGENTS.override.md", "# Mine\n");
  done(await one.run("setup --project --runtime claude,codex,opencode --yes"));
  assertEquals(await one.read("CLAUDE.md"), "@AGENTS.md\n");
  for (const name of ["AGENTS.md", "AGENTS.override.md"]) {
    assertStringIncludes(await one.read(name) ?? "", "## Ouroboros");
  }
  done(await one.run("uninstall --project --yes"));
  assertEquals([await one.read("AGENTS.md"), await one.read("AGENTS.override.md")], [
    null,
    "# Mine\n",
  ]);
});

Deno.test("what a person changed in it stays until it is forced, and that is no success", async () => {
  await using one = await scene();
  done(await one.run("setup --project --runtime hermes --yes"));
  await one.write("AGENTS.md", (await one.read("AGENTS.md"))!.replace("Never run", "Ever run"));
  const kept = await one.run("uninstall --project --yes");
  done(kept, 1);
  assertStringIncludes(kept.stdout, "uninstall --project --force");
  assertStringIncludes(await one.read("AGENTS.md") ?? "", "Ever run");
  done(await one.run("uninstall --project --force --yes"));
  assertEquals(await one.read("AGENTS.md"), null);
});

Deno.test("without a host, in the home folder, and with words of a host's setup it is refused", async () => {
  await using one = await scene();
  const none = await one.run("setup --project --yes");
  done(none, 2);
  assertStringIncludes(none.stderr, "setup --project --runtime all, or");
  for (const host of ["claude", "codex", "opencode", "hermes"]) {
    assertStringIncludes(none.stderr, host);
  }
  done(await one.run("setup --project --runtime codex --yes", one.home), 2);
  done(await one.run("setup --project --approve-tools"), 2);
  done(await one.run("uninstall --project --purge"), 2);
  done(await one.run("uninstall --project codex"), 2);
  assertEquals(await one.read("AGENTS.md"), null);
});

Deno.test("where nothing of ours is there is nothing to take out, whatever the file holds", async () => {
  await using one = await scene();
  for (const text of ["```\nopen\n", "caf\xe9\n"]) {
    const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
    await Deno.writeFile(`${one.project}/AGENTS.md`, bytes);
    const end = await one.run("uninstall --project --yes");
    done(end);
    assertStringIncludes(end.stdout, "Nothing to take out");
  }
});

Deno.test("a section that lost its end is named, and goes by force with nothing of a person's", async () => {
  for (const came of ["by setup", "with a clone"]) {
    await using one = await scene();
    await one.write("AGENTS.md", "# Rules\n");
    done(await one.run("setup --project --runtime codex --yes"));
    if (came === "with a clone") await Deno.remove(`${one.home}/.ouroboros`, { recursive: true });
    const text = (await one.read("AGENTS.md"))!;
    await one.write("AGENTS.md", text.replace("<!-- ouroboros:end -->\n", "Mine\n"));
    done(await one.run("uninstall --project --yes"), 1);
    assertStringIncludes(await one.read("AGENTS.md") ?? "", "Not for an agent");
    done(await one.run("uninstall --project --force --yes"));
    assertEquals(await one.read("AGENTS.md"), "# Rules\n\nMine\n", came);
  }
});
