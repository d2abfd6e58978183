import { join } from "@std/path";
import type { App } from "../../lib/app/app.ts";
import { createApp } from "../../lib/app/app.ts";
import { fixedEnvironment } from "../../lib/config/environment.ts";
import { resolvePaths } from "../../lib/config/paths.ts";
import { createRegistry } from "../../lib/runtimes/mod.ts";
import { systemClock } from "../../lib/system/system_clock.ts";
import { systemRandom } from "../../lib/system/system_random.ts";
import { madeUpRuntime } from "./made_up_runtime.ts";
import { tempDir } from "./temp_dir.ts";

/** A home with a configuration file, and the app on it; two runtimes, alpha and beta, and an embedded one. */
export interface ConfigHome extends AsyncDisposable {
  app: App;
  /** Of the configuration file. */
  file: string;
  /** The file's text; null when there is none. */
  text(): Promise<string | null>;
}

/** Makes a home; `text` null: without the file. */
export async function configHome(
  text: string | Uint8Array | null,
  env: Readonly<Record<string, string>> = {},
): Promise<ConfigHome> {
  const dir = await tempDir();
  const environment = fixedEnvironment({ HOME: dir.path, ...env });
  const paths = resolvePaths(environment);
  if (text !== null) {
    await Deno.mkdir(paths.root, { mode: 0o700 });
    if (typeof text === "string") await Deno.writeTextFile(paths.config, text);
    else await Deno.writeFile(paths.config, text);
  }
  const app = createApp(
    {
      environment,
      paths,
      clock: systemClock,
      random: systemRandom,
      cwd: dir.path,
      self: ["ouroboros"],
      version: "0.0.0",
      skillsDir: join(dir.path, "skills"),
    },
    createRegistry([
      madeUpRuntime("alpha", { aliases: ["alpha_code"] }),
      madeUpRuntime("beta"),
      madeUpRuntime("inner", { binary: { kind: "embedded", plays: true } }),
    ]),
  );
  return {
    app,
    file: paths.config,
    text: () => Deno.readTextFile(paths.config).catch(() => null),
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
}
