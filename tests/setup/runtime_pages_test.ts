/** The pages in docs/runtimes name the files that a setup really touches, and no others. */
import { assert, assertEquals } from "@std/assert";
import { type Host, HOSTS, setupBench } from "../helpers/setup_bench.ts";
import { differingPaths } from "../helpers/setup_snapshot.ts";

for (const host of HOSTS) {
  Deno.test({
    name: `${host.id}: its page names every file that a setup touches, and none that it does not`,
    ignore: Deno.build.os === "windows",
    fn: async () => {
      const named = namedPaths(host);
      const touched = new Set<string>();
      for (const filled of [true, false]) {
        await using bench = await setupBench({ filled });
        const before = await bench.snapshot();
        const end = await bench.setup(host.id, ["--approve-tools"]);
        assertEquals(end.code, 0, end.stderr);
        const after = await bench.snapshot();
        for (const path of differingPaths(before, after)) {
          if (after.get(path)?.kind === "file") touched.add(path);
        }
      }
      assert(touched.size > 6);
      const fits = (path: string, name: string) =>
        name.endsWith("/") ? skillFolder(name).test(path) : path === name;
      const unnamed = [...touched].filter((path) => !named.some((name) => fits(path, name)));
      assertEquals(unnamed, [], "touched, and not on the page");
      // Of several files for the entry, one that is there is taken.
      const others = host.placement.mcp.files.map((file) => `${host.placement.home.path}/${file}`);
      const idle = named.filter((name) =>
        !others.slice(1).includes(name) && ![...touched].some((path) => fits(path, name))
      );
      assertEquals(idle, [], "on the page, and not touched");
    },
  });
}

/** Paths below HOME in the section about files, but for the lines on what the original left. */
function namedPaths(host: Host): string[] {
  const page = Deno.readTextFileSync(
    new URL(`../../docs/runtimes/${host.id}.md`, import.meta.url),
  );
  const section = page.split("## Files that a setup touches")[1]?.split("\n## ")[0] ?? "";
  const items = section.split("\n- ").filter((item) => !/^(Taken out|Left alone)/.test(item));
  const paths = items.flatMap((item) => [...item.matchAll(/`~\/([^`]+)`/g)].map((one) => one[1]!));
  return [...new Set(paths)];
}

/** `…/ouroboros-NAME/` and all that lies in it. */
function skillFolder(name: string): RegExp {
  const [head = "", tail = ""] = name.split("NAME");
  return new RegExp(`^${RegExp.escape(head)}[a-z-]+${RegExp.escape(tail)}.+`);
}
