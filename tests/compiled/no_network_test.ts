/** The demonstration with no network at all. */
import { assert, assertEquals } from "@std/assert";
import { onBinary, runProgram } from "../helpers/program.ts";
import { tempDir } from "../helpers/temp_dir.ts";

/** A network of its own, without even loopback: nothing can be reached. */
const WALL = ["unshare", "-rn"];

const canWall = Deno.build.os === "linux" && await works([...WALL, "true"]);

Deno.test({
  name: "the demonstration passes without any network",
  ignore: !onBinary || !canWall,
  fn: async () => {
    await using dir = await tempDir();
    for (const name of ["home", "cwd"]) await Deno.mkdir(`${dir.path}/${name}`);
    // Two lines of heading, and loopback that nobody brought up.
    const only = "test $(wc -l </proc/net/dev) = 3";
    assert(await works([...WALL, "sh", "-c", only]), "The wall has a door");
    const end = await runProgram({
      args: ["demo"],
      cwd: `${dir.path}/cwd`,
      home: `${dir.path}/home`,
      wrap: WALL,
    });
    assertEquals(end.code, 0, end.stdout + end.stderr);
    // The demonstration's own point: an agent claimed it, and the check refused it.
    assert(/Claimed/.test(end.stdout + end.stderr));
    assertEquals([...Deno.readDirSync(`${dir.path}/cwd`)], []);
  },
});

async function works(command: string[]): Promise<boolean> {
  const [program = "", ...args] = command;
  try {
    const options = { args, stdin: "null", stdout: "null", stderr: "null" } as const;
    return (await new Deno.Command(program, options).output()).success;
  } catch {
    return false;
  }
}
