import { assertEquals, assertRejects } from "@std/assert";
import { toFileUrl } from "@std/path";
import { download } from "../../../../lib/app/update/download.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { releaseServer } from "../../../helpers/release_server.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

const signal = new AbortController().signal;
const options = { maxBytes: 1000, signal };
const BYTES = new Uint8Array(600).fill(7);

Deno.test("a file and an address give the same bytes, and say their length first", async () => {
  await using dir = await tempDir();
  await Deno.writeFile(`${dir.path}/a b`, BYTES);
  await using server = releaseServer(dir.path);
  for (const url of [new URL(`${server.url}/a%20b`), toFileUrl(`${dir.path}/a b`)]) {
    const lengths: (number | null)[] = [];
    const onStart = (bytes: number | null) => void lengths.push(bytes);
    assertEquals(await download(url, { ...options, onStart }), BYTES);
    assertEquals(lengths, [600]);
  }
});

Deno.test("what is missing, broken, cut, too large or interrupted has its own code", async () => {
  await using dir = await tempDir();
  for (const name of ["a", "cut", "busy", "stall"]) {
    await Deno.writeFile(`${dir.path}/${name}`, BYTES);
  }
  await using server = releaseServer(dir.path);
  server.faults.set("/cut", "cut");
  server.faults.set("/busy", 503);
  server.faults.set("/stall", "stall");
  const stop = new AbortController();
  server.stalled.then(() => stop.abort());
  const cases: [URL, { maxBytes?: number; signal?: AbortSignal }, string][] = [
    [new URL(`${server.url}/none`), {}, "not_found"],
    [toFileUrl(`${dir.path}/none`), {}, "not_found"],
    [toFileUrl(`${dir.path}/a/none`), {}, "not_found"],
    [new URL(`${server.url}/busy`), {}, "connection_failed"],
    [new URL(`${server.url}/cut`), {}, "connection_failed"],
    [new URL(`${server.url}/a`), { maxBytes: 599 }, "output_limit"],
    [toFileUrl(`${dir.path}/a`), { maxBytes: 599 }, "output_limit"],
    [new URL(`${server.url}/stall`), { signal: stop.signal }, "cancelled"],
  ];
  for (const [url, other, code] of cases) {
    const error = await assertRejects(
      () => download(url, { ...options, ...other }),
      OuroborosError,
    );
    assertEquals([url.href, error.code], [url.href, code]);
  }
});
