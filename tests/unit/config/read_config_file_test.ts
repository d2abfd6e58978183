import { assertEquals, assertRejects } from "@std/assert";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { readConfigFile } from "../../../lib/config/read_config_file.ts";

Deno.test("a configuration file is read, or told why not", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const code = async (path: string) =>
      (await assertRejects(() => readConfigFile(path), OuroborosError)).code;
    assertEquals(await readConfigFile(`${dir}/none.yaml`), null);
    assertEquals(await readConfigFile(`${dir}/no/folder.yaml`), null);
    await Deno.writeTextFile(`${dir}/ü.yaml`, "version: 1\r\n");
    assertEquals(await readConfigFile(`${dir}/ü.yaml`), "version: 1\r\n");
    assertEquals(await code(dir), "unreadable");
    assertEquals(await code(`${dir}/ü.yaml/below`), "unreadable");
    await Deno.writeFile(`${dir}/binary`, new Uint8Array([65, 0, 66]));
    assertEquals(await code(`${dir}/binary`), "config_invalid");
    await Deno.writeFile(`${dir}/latin`, new Uint8Array([65, 0xe9, 66]));
    assertEquals(await code(`${dir}/latin`), "config_invalid");
    await Deno.writeTextFile(`${dir}/large`, "x".repeat(1_000_001));
    assertEquals(await code(`${dir}/large`), "config_invalid");
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
