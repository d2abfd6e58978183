import { assertEquals } from "@std/assert";
import { hostPlaces } from "../../../lib/runtimes/mod.ts";
import { undoWords } from "../../../lib/setup/undo_words.ts";
import { PLACED } from "../../helpers/uninstall_bench.ts";

const around = { home: "/h", variable: () => undefined, configFile: "/h/.ouroboros/config.yaml" };

Deno.test("what stands in a file is said by what the host has there, wherever it was moved", () => {
  for (const host of PLACED) {
    const placement = host.placement!;
    const places = hostPlaces(placement, around);
    const [file] = places.mcp;
    assertEquals(undoWords(file!, around, host), 'MCP server "ouroboros"');
    const moved = `/moved/${file!.split("/").at(-1)}`;
    assertEquals(undoWords(moved, around, host), 'MCP server "ouroboros"');
    const skill = `${placement.skills.prefix}run`;
    assertEquals(undoWords(`/moved/${skill}/SKILL.md`, around, host), `skill "${skill}"`);
    if (places.approval) {
      assertEquals(undoWords(places.approval, around, host), "approval of our tools");
    }
    assertEquals(undoWords(around.configFile, around, host), "our configuration");
  }
  assertEquals(undoWords("/h/x", around, undefined), "what was set up");
});
