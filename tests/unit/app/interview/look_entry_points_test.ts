import { assertEquals } from "@std/assert";
import { lookEntryPoints } from "../../../../lib/app/interview/look_entry_points.ts";

const entries = async (files: Readonly<Record<string, string>>) =>
  (await lookEntryPoints({
    paths: Object.keys(files),
    read: (path) => Promise.resolve(files[path]),
  })).map((one) => one.text);

Deno.test("a program begins where its manifest says, or where its kind usually does", async () => {
  const cases: [Record<string, string>, string[]][] = [
    [{ "package.json": '{"bin":"./a.js","main":"b.js","exports":{".":{"import":"./c.js"}}}' }, [
      "a.js (bin of package.json)",
      "b.js (main of package.json)",
      "c.js (exports of package.json)",
    ]],
    [{ "package.json": '{"bin":[1],"main":{},"exports":null}', "src/index.ts": "" }, [
      "src/index.ts",
    ]],
    [{ "deno.json": '{"exports":"./mod.ts"}' }, ["mod.ts (exports of deno.json)"]],
    [{ "pyproject.toml": '[project.scripts]\nshop = "shop.cli:main"\n', "shop/__main__.py": "" }, [
      "shop = shop.cli:main (script of pyproject.toml)",
      "shop/__main__.py",
    ]],
    [{ "cmd/api/main.go": "", "deep/er/main.go": "" }, ["cmd/api/main.go"]],
    [{ "src/lib.rs": "", "src/main.rs": "" }, ["src/main.rs", "src/lib.rs"]],
    [{ "src/main/java/a/b/ShopApplication.java": "" }, [
      "src/main/java/a/b/ShopApplication.java",
    ]],
    [{ "lib/main.dart": "", "index.html": "" }, ["lib/main.dart", "index.html"]],
    [{ "src/bin/tool.rs": "", "Shop/Program.cs": "" }, ["src/bin/tool.rs", "Shop/Program.cs"]],
    [{ "docs/a.md": "" }, []],
    [{ "package.json": '{"bin":"/etc/passwd","main":"../../x.js","module":"~/y.js"}' }, []],
  ];
  for (const [files, expected] of cases) {
    assertEquals(await entries(files), expected, Object.keys(files).join(" "));
  }
});
