/** What a program with the compiled program's permissions can do, and what not. */
import { assert, assertEquals } from "@std/assert";
import { compile } from "../../.ci/compile_program.ts";
import { onBinary } from "../helpers/program.ts";
import { tempDir } from "../helpers/temp_dir.ts";

const SECRET = "of-no-use-to-anyone-1234";

Deno.test({
  name: "our own code reads no variable outside the list, and reaches no host but its own",
  ignore: !onBinary,
  fn: async () => {
    await using dir = await tempDir();
    const output = `${dir.path}/probe${Deno.build.os === "windows" ? ".exe" : ""}`;
    await compile({ entry: "tests/helpers/permission_probe.ts", output, include: [] });
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const accepted = listener.accept().then((connection) => connection.close());
    const { stdout, stderr } = await new Deno.Command(output, {
      args: [String(listener.addr.port)],
      cwd: dir.path,
      env: { AWS_SECRET_ACCESS_KEY: SECRET, OUROBOROS_PROBE: "seen" },
    }).output();
    const printed = new TextDecoder().decode(stdout);
    assert(printed !== "", new TextDecoder().decode(stderr));
    await accepted;
    listener.close();

    const { child, home, ...rest } = JSON.parse(printed);
    assertEquals(home, Deno.env.get("HOME"));
    const refused = "NotCapable";
    assertEquals(rest, {
      secret: "undefined",
      all: rest.all === refused ? refused : "false",
      picked: "HOME",
      wildcard: "seen",
      ownEnviron: refused,
      loopback: "connected",
      address: refused,
      name: refused,
      web: refused,
      library: refused,
    });
    assert(child.includes(`HOME=${home}`), child);
    assert(!child.includes(SECRET) && !child.includes("AWS_"), child);
  },
});
