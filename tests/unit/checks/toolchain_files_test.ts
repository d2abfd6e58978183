import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import {
  changedToolchainFiles,
  type ToolchainFiles,
  toolchainFiles,
} from "../../../lib/checks/toolchain_files.ts";
import { TOOLCHAIN_FILES } from "../../../lib/checks/toolchain_names.ts";
import { layOut } from "../../helpers/truth_files.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

/** A home folder, and what is seen of it before and after something is written there. */
async function changedBy(
  files: { before?: Record<string, string>; after: Record<string, string | null> },
  toolchains: (home: string) => Record<string, string> = () => ({}),
  path: (home: string) => string = () => "",
): Promise<string[]> {
  await using dir = await tempDir();
  const home = dir.path;
  const place = { home, toolchains: toolchains(home), spare: ["agent"], path: path(home) };
  await layOut(dir.path, files.before ?? {});
  const before: ToolchainFiles = await toolchainFiles(place);
  await layOut(dir.path, files.after);
  return changedToolchainFiles(before, await toolchainFiles(place));
}

Deno.test("A file of a toolchain that came, went or changed is named, and no other", async () => {
  assertEquals(await changedBy({ after: { ".npmrc": "script-shell=/bin/true\n" } }), [".npmrc"]);
  assertEquals(
    await changedBy({
      before: { ".config/pip/pip.conf": "a", ".cargo/config.toml": "b", ".gitconfig": "c" },
      after: { ".config/pip/pip.conf": "d", ".cargo/config.toml": null, ".gitconfig": "c" },
    }),
    [".config/pip/pip.conf", ".cargo/config.toml"],
  );
  assertEquals(await changedBy({ after: { "notes.txt": "", ".cache/npm/x": "" } }), []);
});

Deno.test("A program in front of others and what Python loads by itself are seen, an agent is not", async () => {
  assertEquals(await changedBy({ after: { ".local/bin/pytest": "exit 0\n" } }), [".local/bin"]);
  assertEquals(
    await changedBy({
      before: { "bin/make": "exit 1\n" },
      after: { "bin/make": "exit 0; true\n", "bin/agent": "new\n" },
    }),
    ["bin"],
  );
  assertEquals(
    await changedBy({ before: { "bin/agent": "1" }, after: { "bin/agent": "22" } }),
    [],
  );
  const site = ".local/lib/python3.13/site-packages";
  assertEquals(await changedBy({ after: { [`${site}/a.pth`]: "import x\n" } }), [".local/lib"]);
  assertEquals(
    await changedBy({ before: { [`${site}/a/b.py`]: "" }, after: { [`${site}/c/d.py`]: "" } }),
    [],
  );
});

Deno.test("A folder that a variable moves is looked at where it is", async () => {
  const moved = (home: string) => ({ CARGO_HOME: join(home, "cargo") });
  const files = { after: { "cargo/config.toml": "x", ".cargo/config.toml": "y" } };
  assertEquals(await changedBy(files, moved), [".cargo/config.toml"]);
  assertEquals(await changedBy({ after: { ".cargo/config": "y" } }, moved), []);
});

Deno.test("a full home folder is seen whole, and a file in place of a folder is no trouble", async () => {
  await using dir = await tempDir();
  const files = TOOLCHAIN_FILES.filter((name) =>
    !TOOLCHAIN_FILES.some((other) => other !== name && other.startsWith(`${name}/`))
  );
  await layOut(dir.path, Object.fromEntries(files.map((name) => [name, "x".repeat(1000)])));
  const place = { home: dir.path, toolchains: {}, spare: [], path: "" };
  assertEquals(Object.keys(await toolchainFiles(place)).length, files.length);
  assertEquals(await toolchainFiles({ ...place, home: "" }), {});
});

Deno.test("a program in a folder of PATH in the home folder is seen, whatever the folder is called", async () => {
  const none = () => ({});
  const folders = [".pyenv/shims", "tools/bin", ".nvm/versions/node/v20/bin"];
  const path = (home: string) =>
    [...folders.map((name) => `${home}/${name}`), home, "/usr/bin", "rel", ""].join(":");
  for (const folder of folders) {
    const program = `${folder}/python3`;
    // Where it is new, its folder too; where there was one; where it is gone.
    assertEquals(await changedBy({ after: { [program]: "x" } }, none, path), [folder]);
    const files = { before: { [program]: "a" }, after: { [program]: "b" } };
    assertEquals(await changedBy(files, none, path), [folder]);
    const gone = { before: { [program]: "a" }, after: { [program]: null } };
    assertEquals(await changedBy(gone, none, path), [folder]);
    const large = {
      before: { [program]: "a".repeat(9000) },
      after: { [program]: "b".repeat(9001) },
    };
    assertEquals(await changedBy(large, none, path), [folder]);
    // Written again by its version manager, an agent's, a folder, half of an installation; elsewhere.
    const same = { before: { [program]: "a" }, after: { [program]: "a" } };
    assertEquals(await changedBy(same, none, path), []);
    const spared = { [`${folder}/agent`]: "x", [`${folder}/.agent-1`]: "x", "else/bin/make": "x" };
    assertEquals(await changedBy({ before: same.before, after: spared }, none, path), []);
  }
});

Deno.test("a folder that only one of two PATHs names says nothing", async () => {
  await using dir = await tempDir();
  await layOut(dir.path, { "one/x": "1", "two/x": "1" });
  const look = (path: string) =>
    toolchainFiles({ home: dir.path, toolchains: {}, spare: [], path: `${dir.path}/${path}` });
  assertEquals(changedToolchainFiles(await look("one"), await look("two")), []);
});
