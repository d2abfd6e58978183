import { assertEquals } from "@std/assert";
import { isOriginalFile, stampOf } from "../../../lib/setup/original_file.ts";

const is = (bundle: string, path: string, text: string) =>
  isOriginalFile({ bundle, path }, new TextEncoder().encode(text));

const skill = (name: string, more: string, body: string) =>
  `---\nname: ${name}\ndescription: "x"\n${more}---\n\n${body}\n`;

Deno.test("a skill of the original is known by its heading or its tool, under its own name", () => {
  assertEquals(is("run", "SKILL.md", skill("run", "", "# /ouroboros:run")), true);
  assertEquals(is("auto", "SKILL.md", skill("auto", "mcp_tool: ouroboros_auto\n", "Auto")), true);
  assertEquals(is("run", "SKILL.md", skill("run", "", "# My own run")), false);
  assertEquals(is("notes", "SKILL.md", skill("notes", "", "See /ouroboros:notes")), false);
  assertEquals(is("mine", "SKILL.md", skill("run", "", "# /ouroboros:run")), false);
  assertEquals(is("mine", "SKILL.md", skill("mine", "mcp_tool: other_tool\n", "x")), false);
  assertEquals(is("run", "SKILL.md", "# /ouroboros:run\n"), false);
});

Deno.test("rules, the guide, package files and the bridge are known by their words", () => {
  assertEquals(is("", "ouroboros.md", "# Ouroboros for Codex\n\nUse `ooo run`.\n"), true);
  assertEquals(is("", "ouroboros.md", "# Ouroboros\n\nWhen the user types `ooo`, do.\n"), true);
  assertEquals(is("", "ouroboros.md", "# Ouroboros\n\nA snake that I draw.\n"), false);
  assertEquals(is("", "ouroboros-mine.md", "# How I use ouroboros\n`ooo run`\n"), false);
  assertEquals(
    is("", "SKILL_CAPABILITY_GUIDE.md", "## Ouroboros Skill Capability Guide: Hermes\n"),
    true,
  );
  assertEquals(is("", "__init__.py", ""), true);
  assertEquals(is("", "__init__.py", "print('mine')\n"), false);
  assertEquals(is("", "artifacts.py", '"""Packaged Ouroboros artifacts."""\n'), true);
  assertEquals(is("", "__pycache__/artifacts.cpython-312.pyc", "\0"), true);
  assertEquals(is("", "artifacts.cpython-312.pyc", "\0"), false);
  assertEquals(is("", "ouroboros-bridge/ouroboros-bridge.ts", "// Ouroboros bridge"), true);
  assertEquals(is("", "ouroboros-bridge/ouroboros-bridge.ts", "export {};"), false);
  assertEquals(is("", "ouroboros-bridge/notes.txt", "ouroboros"), false);
});

Deno.test("the stamp of a rendered skill counts only in its own folder", () => {
  const text = skill("x-run", 'metadata:\n  "ouroboros-version": "0.2.0"\n', "x");
  const bytes = new TextEncoder().encode(text);
  assertEquals(stampOf(bytes, "x-run"), "0.2.0");
  assertEquals(stampOf(bytes, "x-mine"), undefined);
  assertEquals(stampOf(new TextEncoder().encode(skill("x-run", "", "x")), "x-run"), undefined);
  assertEquals(stampOf(new TextEncoder().encode("no front matter"), "x-run"), undefined);
});
