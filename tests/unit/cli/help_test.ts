import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { COMMANDS } from "../../../lib/cli/commands.ts";
import { commandsUnder } from "../../../lib/cli/find_command.ts";
import { firstScreen, groupPage, helpPage, overview } from "../../../lib/cli/help.ts";

const SHOWN = COMMANDS.filter((entry) => entry.group !== "hidden");

Deno.test("the first screen fits 15 lines of 80 columns and names every command", () => {
  const lines = firstScreen("1.2.3").trimEnd().split("\n");
  assert(lines.length <= 15, `it has ${lines.length} lines`);
  for (const line of lines) assert(line.length <= 80, line);
  // Of commands that begin with the same word only the first says it.
  const words = lines.slice(6).join(" ").split(/[\s,]+/);
  for (const { name } of SHOWN) {
    for (const word of name.split(" ")) assert(words.includes(word), name);
  }
});

Deno.test("the overview has a line of 80 columns for every command that is not hidden", () => {
  const lines = overview("1.2.3").split("\n");
  for (const entry of SHOWN) {
    const line = lines.find((one) => one.startsWith(`  ${entry.name} `) && !one.includes("ouro"));
    assertStringIncludes(line ?? "", entry.summary);
    assert(line!.length <= 80, line);
  }
  assert(!lines.join("\n").includes("replay-agent"));
});

for (const entry of COMMANDS) {
  Deno.test(`the page of "${entry.name}" explains each option and ends with an example`, async () => {
    const command = await entry.load();
    assertEquals(command.name, entry.name);
    const lines = helpPage(command, 80).trimEnd().split("\n");
    for (const line of lines) assert(line.length <= 80 || line.includes("ouroboros"), line);
    assert(command.examples.length > 0);
    assertEquals(lines.at(-1), `  ${command.examples.at(-1)}`);
    for (const example of command.examples) {
      assert(example.startsWith(`ouroboros ${command.name}`), example);
    }
    for (const [name, spec] of Object.entries(command.options)) {
      const line = lines.find((one) => one.includes(`--${name}${spec.value ? " " : ""}`));
      assert(line, `--${name} is missing`);
    }
    assertStringIncludes(lines.join("\n"), "-h, --help");
  });
}

Deno.test("a narrow screen gets a page of its width", async () => {
  const command = await COMMANDS.find((one) => one.name === "run")!.load();
  const lines = helpPage(command, 40).split("\n").filter((line) => !line.includes("ouroboros"));
  for (const line of lines) assert(line.length <= 40, line);
});

Deno.test("the page of a word that begins several commands lists them", () => {
  const page = groupPage(commandsUnder("seed"));
  assertStringIncludes(page, "seed validate  ");
  assert(page.endsWith("  ouroboros seed schema --help\n"));
});
