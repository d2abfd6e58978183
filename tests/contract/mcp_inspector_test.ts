/** The official Inspector as a client of the program's server, in both eras. */
import { assert, assertEquals } from "@std/assert";
import { TOOLS } from "../../lib/mcp/tools.ts";
import { withHttp } from "../helpers/mcp_http_promises.ts";
import { judgeTest } from "../helpers/mcp_judge.ts";
import { programCommand, programEnvironment } from "../helpers/program.ts";
import { tempDir } from "../helpers/temp_dir.ts";

for (const era of ["legacy", "modern"]) {
  judgeTest("inspector", `lists and calls our tools on stdio (${era})`, async (judge) => {
    await using dir = await tempDir();
    const environment = Object.entries(await programEnvironment({ home: dir.path }))
      .flatMap(([name, value]) => ["-e", `${name}=${value}`]);
    const ask = async (...args: string[]) => {
      const { code, stdout, stderr } = await judge.ask([
        "--cli",
        ...["--protocol-era", era, "--cwd", dir.path, ...environment],
        ...["--format", "json", ...args, "--", ...programCommand(), "mcp", "serve"],
      ]);
      assertEquals(code, 0, stderr + stdout);
      return JSON.parse(stdout).result;
    };
    // It fails where a client could not make sense of a tool's schema.
    const { tools } = await ask("--method", "tools/list", "--strict");
    assertEquals(tools.map(({ name }: { name: string }) => name), TOOLS.map(({ name }) => name));
    const call = await ask("--method", "tools/call", "--tool-name", "ouroboros_doctor");
    assert(!call.isError, JSON.stringify(call));
    assert(Array.isArray(call.structuredContent.sections));
  });

  judgeTest(
    "inspector",
    `lists our tools over HTTP, with the token alone (${era})`,
    (judge) =>
      withHttp(async ({ url, token }) => {
        const ask = (given: string) =>
          judge.ask([
            "--cli",
            ...["--protocol-era", era, "--transport", "http", "--server-url", url],
            ...["--header", `Authorization: Bearer ${given}`],
            ...["--format", "json", "--method", "tools/list"],
          ]);
        const letIn = await ask(token);
        assertEquals(letIn.code, 0, letIn.stderr);
        assertEquals(JSON.parse(letIn.stdout).result.tools.length, TOOLS.length);
        const refused = await ask("another");
        assert(refused.code !== 0, refused.stdout);
      }),
  );
}
