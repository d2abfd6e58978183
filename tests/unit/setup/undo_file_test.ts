import { assert, assertEquals } from "@std/assert";
import { editBytes } from "../../../lib/setup/edit/edit_bytes.ts";
import { setBlock } from "../../../lib/setup/edit/markdown_block.ts";
import type { OwnedStep } from "../../../lib/setup/undo_chain.ts";
import { undoFile } from "../../../lib/setup/undo_file.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (bytes: Uint8Array | null) =>
  bytes === null ? null : new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

const SET = { op: "set" as const, path: ["servers", "ours"], value: { command: "/x" } };

function steps(before: string): { after: string; steps: OwnedStep[] } {
  const result = editBytes("jsonc", bytes(before), [SET]);
  assert(result.ok);
  return {
    after: text(result.bytes)!,
    steps: result.undo.map((step, order) => ({ part: "a", step: { ...step, order }, going: true })),
  };
}

Deno.test("a byte order mark stays", () => {
  const mark = String.fromCharCode(0xfeff);
  const { after, steps: undo } = steps(`${mark}{ "a": 1 }\n`);
  const file = { format: "jsonc" as const, bytes: bytes(after), steps: undo, made: false };
  const result = undoFile(file, false);
  assert(result.ok && result.bytes);
  assertEquals([...result.bytes], [...bytes(`${mark}{ "a": 1 }\n`)]);
});

Deno.test("a file that we made goes unless a person wrote into it, one of theirs never", () => {
  const { after, steps: undo } = steps("");
  const run = (now: string, made: boolean) => {
    const file = { format: "jsonc" as const, bytes: bytes(now), steps: undo, made };
    const result = undoFile(file, false);
    assert(result.ok, JSON.stringify(result));
    return text(result.bytes);
  };
  assertEquals(run(after, true), null);
  assertEquals(run(after, false), "");
  assertEquals(run(JSON.stringify(JSON.parse(after)), true), null);
  assertEquals(run('{"servers": {}}', true), null);
  assertEquals(run('{"servers": {}, "mine": {}}', true), '{"servers": {}, "mine": {}}');
  assertEquals(run("{} // mine\n", true), "{} // mine\n");
});

Deno.test("bytes that are no text are a problem", () => {
  const { steps: undo } = steps("");
  const file = {
    format: "jsonc" as const,
    bytes: new Uint8Array([0x7b, 0xff]),
    steps: undo,
    made: true,
  };
  const result = undoFile(file, true);
  assertEquals(result.ok ? "" : result.problem.code, "encoding");
});

Deno.test("a block goes to the byte; one that somebody changed stays until it is forced", () => {
  const markers = { start: "<!-- s -->", end: "<!-- e -->" };
  const done = setBlock("# Mine", markers, "ours\n");
  assert(done.ok);
  const undo: OwnedStep[] = done.undo.map((step, order) => ({
    part: "a",
    step: { ...step, order },
    going: true,
  }));
  const run = (now: string, force: boolean) => {
    const file = {
      format: "markdown" as const,
      markers,
      bytes: bytes(now),
      steps: undo,
      made: false,
    };
    const result = undoFile(file, force);
    assert(result.ok);
    return [text(result.bytes), result.left.length, result.kept.length];
  };
  assertEquals(run(done.text, false), ["# Mine", 0, 0]);
  const changed = done.text.replace("ours", "theirs");
  assertEquals(run(changed, false), [changed, 1, 1]);
  assertEquals(run(changed, true)[0]?.toString().includes("theirs"), false);
  assertEquals(run("# Mine\n", false), ["# Mine\n", 0, 0]);
});

Deno.test("a comment behind the last line of ours does not come to stand behind a line above", () => {
  for (
    const [format, before] of [["toml", "model = 1 # why"], ["yaml", "model: 1 # why"]] as const
  ) {
    const result = editBytes(format, bytes(before), [SET]);
    assert(result.ok);
    const steps = result.undo.map((step, order) => ({
      part: "a",
      step: { ...step, order },
      going: true,
    }));
    const now = `${text(result.bytes)} # mine`;
    const file = { format, bytes: bytes(now), steps, made: false };
    const kept = undoFile(file, false);
    assert(kept.ok);
    assertEquals([text(kept.bytes), kept.kept[0]?.problem.code], [now, "comment"]);
    const forced = undoFile(file, true);
    assert(forced.ok);
    assertEquals(text(forced.bytes), before);
  }
});
