/**
 * Compiles the program: `compile.ts [--output FILE] [--target TRIPLE] [--config FILE]`, then
 * starts it once from an empty folder with an empty home. Fails rather than leave a file behind
 * that does not run.
 */
import { compile } from "./compile_program.ts";
import { option } from "./option.ts";
import { smoke } from "./smoke.ts";

const suffix = Deno.build.os === "windows" ? ".exe" : "";
const output = option("output") ?? `dist/ouroboros${suffix}`;
const target = option("target");
const config = option("config");

await compile({ entry: "main.ts", output, target, config, include: ["skills"] });
// A file for another system cannot be started here; the release workflow starts it on its own.
if (target === undefined) {
  const version = await smoke(output);
  const { size } = await Deno.stat(output);
  console.log(`${output}: ${version}, ${(size / 1e6).toFixed(1)} MB`);
}
