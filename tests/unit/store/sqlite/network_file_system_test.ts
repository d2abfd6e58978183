import { assertEquals, assertThrows } from "@std/assert";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { connect } from "../../../../lib/store/sqlite/connect.ts";
import {
  fileSystemMagic,
  networkFileSystem,
} from "../../../../lib/store/sqlite/network_file_system.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

Deno.test("file systems that several machines mount are told from local ones", () => {
  assertEquals(networkFileSystem(0x6969), "NFS");
  // CIFS as statfs gives it where the field is a signed number.
  assertEquals(networkFileSystem(0xff534d42 | 0), "CIFS");
  for (const local of [0xef53, 0x01021994, 0x9123683e, 0x58465342, 0x65735546, 0]) {
    assertEquals(networkFileSystem(local), undefined);
  }
});

Deno.test("a journal on a network file system is refused before a file is opened", async () => {
  await using dir = await tempDir();
  const error = assertThrows(() => connect(`${dir.path}/journal.db`, 0x6969), OuroborosError);
  assertEquals(error.code, "journal_unusable");
  assertEquals(error.message.includes("NFS"), true);
  assertEquals([...Deno.readDirSync(dir.path)], []);
});

Deno.test({
  name: "the system tells its file systems apart",
  ignore: Deno.build.os !== "linux",
  fn: () => {
    assertEquals(fileSystemMagic("/proc"), 0x9fa0);
    assertEquals(fileSystemMagic("/no/such/folder"), undefined);
  },
});
