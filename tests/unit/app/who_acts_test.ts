import { assertEquals } from "@std/assert";
import { whoActs } from "../../../lib/app/who_acts.ts";
import { benchPlaces, openApp } from "../../helpers/app_bench.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

const nameless = { USER: "", LOGNAME: "", USERNAME: "" };

Deno.test("who acts is the environment's user", async () => {
  await using dir = await tempDir();
  await using app = closing(openApp(benchPlaces(dir.path), { env: { USER: "", LOGNAME: "bea" } }));
  assertEquals(await whoActs(app), "bea");
});

Deno.test({
  name: "without a user in the environment it is the login name of the process's user",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using dir = await tempDir();
    await using app = closing(openApp(benchPlaces(dir.path), { env: nameless }));
    const { stdout } = await new Deno.Command("id", { args: ["-un"] }).output();
    assertEquals(await whoActs(app), new TextDecoder().decode(stdout).trim());
  },
});

Deno.test({
  name: "a user without a name is named by its number",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using dir = await tempDir();
    const places = benchPlaces(dir.path);
    await Deno.mkdir(places.bin);
    await Deno.writeTextFile(`${places.bin}/id`, "#!/bin/sh\necho 'no name' >&2; exit 1\n", {
      mode: 0o755,
    });
    await using app = closing(openApp(places, { env: nameless }));
    assertEquals(await whoActs(app), `uid ${Deno.uid()}`);
  },
});

function closing<T extends { close(): Promise<void> }>(app: T): T & AsyncDisposable {
  return Object.assign(app, { [Symbol.asyncDispose]: () => app.close() });
}
