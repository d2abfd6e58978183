/**
 * Writes `dist/release/deno.json`, the configuration of a release, and its lock: without `links`,
 * so that the program holds the real @std packages of jsr.io and not the stand-ins of `.ci/std`.
 * Prints the path. Needs jsr.io.
 */
const ROOT = new URL("..", import.meta.url);
const FILE = "dist/release/deno.json";

const { links: _, tasks: __, lock: ___, importMap, ...config } = JSON.parse(
  await Deno.readTextFile(new URL("deno.json", ROOT)),
);
const { imports } = JSON.parse(await Deno.readTextFile(new URL(importMap, ROOT)));
config.imports = imports;
await Deno.mkdir(new URL("dist/release/", ROOT), { recursive: true });
await Deno.writeTextFile(new URL(FILE, ROOT), `${JSON.stringify(config, null, 2)}\n`);

const { success } = await new Deno.Command(Deno.execPath(), {
  args: ["cache", "-q", "--config", FILE, `--lock=${FILE.replace(/json$/, "lock")}`, "main.ts"],
  cwd: ROOT,
  stdout: "inherit",
  stderr: "inherit",
}).spawn().status;
if (!success) {
  console.error("Fetch the release's dependencies: jsr.io could not be reached or lacks a package");
  Deno.exit(1);
}
console.log(FILE);
