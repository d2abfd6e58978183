import { assertEquals } from "@std/assert";
import { messageOf } from "../../../lib/kernel/error.ts";

/** What the runtime throws where a grant is missing, in its own words. */
function refused(message: string): Error {
  const error = new Error(message);
  error.name = "NotCapable";
  return error;
}

Deno.test("the message of what was thrown, and of what is no error", () => {
  assertEquals(messageOf(new Error("is gone")), "is gone");
  assertEquals(messageOf("is gone"), "is gone");
});

Deno.test("a place that is closed to the program is named so, without the runtime's own way out", () => {
  const end = "is closed to ouroboros, as files of the system are (below /proc, /sys and /dev)";
  const inBinary = "specify the required permissions during compilation using " +
    "`deno compile --allow-all`";
  for (const way of ["run again with the --allow-all flag", inBinary]) {
    for (const path of ["/proc/x.tar", "/dev/a, b"]) {
      const thrown = refused(`Requires all access to "${path}", ${way}`);
      assertEquals(messageOf(thrown), `"${path}" ${end}`);
    }
    const other = `Requires net access to "a.example:443", ${way}`;
    assertEquals(messageOf(refused(other)), other);
  }
});

Deno.test("the runtime does name a file of the system so", {
  ignore: Deno.build.os !== "linux",
  permissions: { read: true, write: true },
}, async () => {
  const thrown = await Deno.writeFile("/sys/none", new Uint8Array()).catch((error) => error);
  assertEquals(messageOf(thrown).slice(0, 37), '"/sys/none" is closed to ouroboros, a');
});
