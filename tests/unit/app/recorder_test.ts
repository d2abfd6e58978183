import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { playRecording } from "../../../lib/app/play_recording.ts";
import { readRecording } from "../../../lib/app/read_recording.ts";
import { createRecorder } from "../../../lib/app/recorder.ts";
import { sha256 } from "../../../lib/kernel/digest.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { parseRecording } from "../../../lib/kernel/parse_recording.ts";
import type { RecordedMode } from "../../../lib/kernel/recording.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

const AT = { criterion: "1", attempt: 1 };

/** What `changes` gets for these files: bytes, or null for a deleted one. */
function changesOf(
  files: Readonly<Record<string, Uint8Array | string | null>>,
  modes: Readonly<Record<string, RecordedMode>> = {},
) {
  return {
    changed: Object.entries(files).map(([path, file]) => ({
      path,
      kind: file === null ? "deleted" as const : "added" as const,
    })),
    read: (path: string) => {
      const file = files[path];
      return Promise.resolve(
        typeof file === "string" ? new TextEncoder().encode(file) : file ?? undefined,
      );
    },
    modeOf: (path: string) => Promise.resolve(modes[path] ?? "plain" as const),
  };
}

Deno.test("talk, files and usage of an attempt become a sound recording", async () => {
  const recorder = createRecorder({ title: "Reject coupons", runtime: "somebody" });
  recorder.begin(AT, "the prompt");
  recorder.event(AT, { type: "started", sessionId: "s" });
  recorder.event(AT, { type: "text", text: "I begin" });
  recorder.event(AT, { type: "thinking", text: "hm" });
  recorder.event(AT, { type: "tool_started", callId: "c", tool: "Bash", summary: "npm test" });
  recorder.event(AT, { type: "tool_finished", callId: "c", tool: "Bash", ok: false, summary: "1" });
  recorder.event(AT, { type: "usage", usage: { inputTokens: 1 } });
  recorder.event(AT, { type: "usage", usage: { inputTokens: 2, outputTokens: 3 } });
  recorder.event(AT, { type: "finished", outcome: { reason: "completed", finalText: "Done" } });
  await recorder.changes(AT, changesOf({ "a.txt": "x", gone: null, "b.bin": Uint8Array.of(255) }));
  const recording = recorder.recording();
  assertEquals(recording, {
    schema: 1,
    title: "Reject coupons",
    runtime: "somebody",
    attempts: [{
      ...AT,
      prompt: sha256("the prompt"),
      steps: [
        { say: "I begin" },
        { think: "hm" },
        { tool: "Bash", summary: "npm test", ok: false },
        { remove: "gone" },
        { write: "a.txt", text: "x" },
        { write: "b.bin", base64: "/w==" },
      ],
      finalText: "Done",
      usage: { inputTokens: 3, outputTokens: 3 },
    }],
  });
  assertEquals(parseRecording(JSON.stringify(recording)), recording);
});

Deno.test("a failed attempt ends with its failure, after its files", async () => {
  const recorder = createRecorder({ title: "t", runtime: "r" });
  recorder.begin(AT);
  recorder.event(AT, {
    type: "finished",
    outcome: { reason: "failed", code: "rate_limited", message: "slow down" },
  });
  await recorder.changes(AT, changesOf({ a: "x" }));
  assertEquals(recorder.recording().attempts[0]!.steps, [
    { write: "a", text: "x" },
    { fail: { code: "rate_limited", message: "slow down" } },
  ]);
});

Deno.test("executables and links keep what they are; a link that leads outside is left out", async () => {
  const recorder = createRecorder({ title: "t", runtime: "r" });
  await recorder.changes(
    AT,
    changesOf({ run: "#!/bin/sh\n", in: "run", out: "/etc/passwd" }, {
      run: "executable",
      in: "link",
      out: "link",
    }),
  );
  assertEquals(recorder.recording().attempts[0]!.steps, [
    { write: "run", text: "#!/bin/sh\n", mode: "executable" },
    { write: "in", text: "run", mode: "link" },
    { tool: "not recorded", summary: "out", ok: false },
  ]);
});

Deno.test("paths are those of the agent's folder; what lies beside it is named, not recorded", async () => {
  const recorder = createRecorder({ title: "t", runtime: "r", dir: "packages/one" });
  await recorder.changes(AT, changesOf({ "packages/one/a": "x", "packages/oneb/c": "y" }));
  assertEquals(recorder.recording().attempts[0]!.steps, [
    { write: "a", text: "x" },
    { tool: "not recorded", summary: "packages/oneb/c", ok: false },
  ]);
});

Deno.test("secrets are taken out of what was said", () => {
  const recorder = createRecorder({
    title: "t",
    runtime: "r",
    redact: (text) => text.replaceAll("hunter2", "[redacted]"),
  });
  recorder.event(AT, { type: "text", text: "It is hunter2" });
  recorder.event(AT, { type: "finished", outcome: { reason: "completed", finalText: "hunter2" } });
  const [attempt] = recorder.recording().attempts;
  assertEquals([attempt!.steps, attempt!.finalText], [[{ say: "It is [redacted]" }], "[redacted]"]);
});

Deno.test("attempts keep the order in which they began", () => {
  const recorder = createRecorder({ title: "t", runtime: "r" });
  for (const [criterion, attempt] of [["2", 1], ["1", 1], ["2", 2]] as const) {
    recorder.begin({ criterion, attempt });
  }
  assertEquals(recorder.recording().attempts.map((one) => `${one.criterion}.${one.attempt}`), [
    "2.1",
    "1.1",
    "2.2",
  ]);
});

Deno.test("a file is written whole, readable by its owner alone, and reads back", async () => {
  await using dir = await tempDir();
  const path = join(dir.path, "r.json");
  const recorder = createRecorder({ title: "t", runtime: "r" });
  recorder.begin(AT);
  await Deno.writeTextFile(path, "an older recording");
  await recorder.write(path);
  assertEquals(await readRecording(path), recorder.recording());
  assertEquals([...Deno.readDirSync(dir.path)].map((one) => one.name), ["r.json"]);
  if (Deno.build.os !== "windows") assertEquals((await Deno.stat(path)).mode! & 0o777, 0o600);
});

Deno.test("a place that cannot be written is an error with a way out", async () => {
  await using dir = await tempDir();
  const recorder = createRecorder({ title: "t", runtime: "r" });
  const error = await assertRejects(
    () => recorder.write(join(dir.path, "no/such/folder/r.json")),
    OuroborosError,
  );
  assertEquals(error.code, "not_writable");
});

Deno.test("what was recorded plays back to the same files", {
  ignore: Deno.build.os === "windows",
}, async () => {
  await using dir = await tempDir();
  const files = {
    "a/b.txt": "one\ntwo",
    "bytes": Uint8Array.of(0, 255, 10),
    "bom.txt": "\ufeffwith a mark\r\n",
    "run": "#!/bin/sh\n",
    "link": "a/b.txt",
  };
  const recorder = createRecorder({ title: "t", runtime: "r" });
  recorder.event(AT, { type: "finished", outcome: { reason: "completed", finalText: "Done" } });
  await recorder.changes(AT, changesOf(files, { run: "executable", link: "link" }));
  const recording = join(dir.path, "r.json");
  await recorder.write(recording);
  const tree = join(dir.path, "tree");
  await Deno.mkdir(tree);
  const code = await playRecording({
    recording,
    ...AT,
    cwd: tree,
    runCommand: () => Promise.reject(new Error("no command is expected")),
    output: { out: () => {} },
    clock: { sleep: () => Promise.resolve() },
  });
  assertEquals(code, 0);
  for (const [path, file] of Object.entries(files)) {
    if (path === "link") continue;
    const bytes = typeof file === "string" ? new TextEncoder().encode(file) : file;
    assertEquals(await Deno.readFile(join(tree, path)), bytes, path);
  }
  assertEquals(await Deno.readLink(join(tree, "link")), "a/b.txt");
  assertEquals((await Deno.stat(join(tree, "run"))).mode! & 0o111, 0o111);
});

Deno.test("answers are recorded without secrets; the last one to a question and turn stays", () => {
  const recorder = createRecorder({
    title: "A talk",
    runtime: "somebody",
    redact: (text) => text.replaceAll("hush", "(secret)"),
  });
  const fail = { code: "server_error", message: "hush is down" } as const;
  recorder.completion({ kind: "screen", number: 1, answer: "", fail });
  assertEquals(recorder.recording().completions?.[0]?.fail?.message, "(secret) is down");
  recorder.completion({ kind: "screen", number: 1, answer: "hush 1" });
  recorder.completion({ kind: "screen", number: 1, turn: 2, answer: "2" });
  const recording = recorder.recording();
  assertEquals(recording.completions, [
    { kind: "screen", number: 1, answer: "(secret) 1" },
    { kind: "screen", number: 1, turn: 2, answer: "2" },
  ]);
  assertEquals(parseRecording(JSON.stringify(recording)), recording);
});
