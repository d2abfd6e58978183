import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { type PlayParts, playRecording } from "../../../lib/app/play_recording.ts";
import { sha256 } from "../../../lib/kernel/digest.ts";
import type { Outcome } from "../../../lib/kernel/outcome.ts";
import type { RecordedAttempt } from "../../../lib/kernel/recording.ts";
import type { RuntimeEvent } from "../../../lib/kernel/runtime_event.ts";
import { replay } from "../../../lib/runtimes/replay.ts";
import { decodeLines, exited } from "../../helpers/runtime_transcript.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

interface Played {
  code: number;
  events: RuntimeEvent[];
  outcome: Outcome;
  /** The work folder. */
  tree: string;
}

const dirs: AsyncDisposable[] = [];

/** Plays an attempt in a new folder and decodes what was printed, as the driver does. */
async function play(
  attempt: Partial<RecordedAttempt>,
  parts: Partial<PlayParts> & { before?(tree: string): Promise<void> } = {},
): Promise<Played> {
  const dir = await tempDir();
  dirs.push(dir);
  const tree = join(dir.path, "tree");
  await Deno.mkdir(tree);
  const recording = join(dir.path, "recording.json");
  await Deno.writeTextFile(
    recording,
    JSON.stringify({
      schema: 1,
      title: "One",
      runtime: "somebody",
      attempts: [{ criterion: "1", attempt: 1, steps: [], finalText: "Done", ...attempt }],
    }),
  );
  await parts.before?.(tree);
  const printed: string[] = [];
  const code = await playRecording({
    recording,
    criterion: "1",
    attempt: 1,
    cwd: tree,
    runCommand: () => Promise.reject(new Error("no command is expected")),
    output: { out: (text) => void printed.push(text) },
    clock: { sleep: () => Promise.resolve() },
    ...parts,
  });
  const lines = printed.join("").trimEnd().split("\n").map((text) => ({
    stream: "stdout" as const,
    text,
  }));
  return { code, tree, ...decodeLines(replay, { lines, exit: exited(code) }) };
}

Deno.test.afterAll(async () => {
  for (const dir of dirs) await dir[Symbol.asyncDispose]();
});

Deno.test("a whole attempt: what is said, written, removed and run really happens, in order", async () => {
  const commands: string[] = [];
  const { code, events, outcome, tree } = await play({
    steps: [
      { say: "I begin" },
      { think: "hm" },
      { write: "src/a.txt", text: "one\n" },
      { write: "b.bin", base64: "AP8=" },
      { run: "npm test", exit: 0 },
      { remove: "old.txt" },
      { tool: "Bash", summary: "ls", ok: true },
    ],
    usage: { inputTokens: 10, outputTokens: 2 },
  }, {
    before: (tree) => Deno.writeTextFile(join(tree, "old.txt"), "old"),
    runCommand: (command, cwd) => {
      commands.push(`${command} in ${cwd}`);
      return Promise.resolve({ code: 0, output: "3 passed\n" });
    },
  });
  assertEquals(code, 0);
  assertEquals(await Deno.readTextFile(join(tree, "src/a.txt")), "one\n");
  assertEquals(await Deno.readFile(join(tree, "b.bin")), new Uint8Array([0, 255]));
  assertEquals([...Deno.readDirSync(tree)].map((one) => one.name).sort(), ["b.bin", "src"]);
  assertEquals(commands, [`npm test in ${tree}`]);
  assertEquals(
    events.map((event) =>
      event.type === "tool_finished" ? `${event.tool} ${event.ok}` : event.type
    ),
    [
      "started",
      "text",
      "thinking",
      ...["write", "write", "shell", "remove", "Bash"].flatMap((tool) => [
        "tool_started",
        `${tool} true`,
      ]),
      "usage",
    ],
  );
  assertEquals([outcome.reason, outcome.finalText], ["completed", "Done"]);
});

Deno.test("modes: an executable file, a link, and a file that loses its bit", {
  ignore: Deno.build.os === "windows",
}, async () => {
  const { tree } = await play({
    steps: [
      { write: "run", text: "#!/bin/sh\n", mode: "executable" },
      { write: "link", text: "run", mode: "link" },
      { write: "was", text: "x", mode: "plain" },
      { write: "keeps", text: "y" },
    ],
  }, {
    before: async (tree) => {
      for (const name of ["was", "keeps"]) {
        await Deno.writeTextFile(join(tree, name), "", { mode: 0o755 });
      }
    },
  });
  const executable = async (name: string) =>
    ((await Deno.stat(join(tree, name))).mode! & 0o111) !== 0;
  assertEquals(await Promise.all(["run", "was", "keeps"].map(executable)), [true, false, true]);
  assertEquals(await Deno.readLink(join(tree, "link")), "run");
});

Deno.test("all attempts of a criterion are one session, so that a retry resumes it", async () => {
  const first = await play({});
  const second = await play({ attempt: 2 }, { attempt: 2 });
  const other = await play({ criterion: "0.1/x y" }, { criterion: "0.1/x y" });
  assert(first.outcome.sessionId);
  assertEquals(second.outcome.sessionId, first.outcome.sessionId);
  assert(other.outcome.sessionId && other.outcome.sessionId !== first.outcome.sessionId);
});

Deno.test("a write through a link that leaves the folder is refused, and nothing is written", {
  ignore: Deno.build.os === "windows",
}, async () => {
  for (const target of ["..", "../..", "/tmp", "missing-outside/../.."]) {
    const { outcome, tree } = await play({ steps: [{ write: "out/x.txt", text: "x" }] }, {
      before: (tree) => Deno.symlink(target, join(tree, "out")),
    });
    assertEquals([target, outcome.reason, outcome.code], [target, "failed", "not_allowed"]);
    assertEquals(
      [...Deno.readDirSync(join(tree, ".."))].some((one) => one.name === "x.txt"),
      false,
    );
  }
});

Deno.test("a link inside the folder may be gone through; one at the end is replaced", {
  ignore: Deno.build.os === "windows",
}, async () => {
  const { outcome, tree } = await play({
    steps: [{ write: "link/x.txt", text: "x" }, { write: "out.txt", text: "mine" }],
  }, {
    before: async (tree) => {
      await Deno.mkdir(join(tree, "real"));
      await Deno.symlink("real", join(tree, "link"));
      await Deno.writeTextFile(join(tree, "../victim"), "untouched");
      await Deno.symlink("../victim", join(tree, "out.txt"));
    },
  });
  assertEquals(outcome.reason, "completed");
  assertEquals(await Deno.readTextFile(join(tree, "real/x.txt")), "x");
  assertEquals(await Deno.readTextFile(join(tree, "../victim")), "untouched");
  assertEquals(await Deno.readTextFile(join(tree, "out.txt")), "mine");
});

Deno.test("a file may stand where a folder was, and the other way round", async () => {
  const { outcome, tree } = await play({
    steps: [
      { write: "a", text: "file" },
      { remove: "b" },
      { write: "b/c", text: "below" },
    ],
  }, {
    before: async (tree) => {
      await Deno.mkdir(join(tree, "a/deep"), { recursive: true });
      await Deno.writeTextFile(join(tree, "b"), "file");
    },
  });
  assertEquals(outcome.reason, "completed");
  assertEquals(await Deno.readTextFile(join(tree, "a")), "file");
  assertEquals(await Deno.readTextFile(join(tree, "b/c")), "below");
});

Deno.test("an attempt that is not in the recording says so (recording_exhausted)", async () => {
  const missing = await play({}, { attempt: 3 });
  assertEquals([missing.code, missing.outcome.code], [1, "recording_exhausted"]);
  assertStringIncludes(missing.outcome.message!, "not attempt 3");
  assertStringIncludes(missing.outcome.hint!, "Start a new run");
  assertEquals((await play({}, { criterion: "9" })).outcome.code, "recording_exhausted");
});

Deno.test("a recording that is not there, or not sound, is an outcome too", async () => {
  assertEquals((await play({}, { recording: "/no/such/file" })).outcome.code, "not_found");
  const bad = await play({ steps: [{ write: "../x", text: "" }] });
  assertEquals(bad.outcome.code, "recording_invalid");
  assertStringIncludes(bad.outcome.message!, "attempts[0].steps[0].write");
});

Deno.test("a recorded failure ends the attempt with its code, and what stood before it happened", async () => {
  const { code, outcome, tree } = await play({
    steps: [
      { write: "a", text: "x" },
      { fail: { code: "rate_limited", message: "slow down" } },
      { write: "b", text: "never" },
    ],
  });
  assertEquals([code, outcome.reason, outcome.code, outcome.message], [
    1,
    "failed",
    "rate_limited",
    "slow down",
  ]);
  assertEquals([...Deno.readDirSync(tree)].map((one) => one.name), ["a"]);
});

Deno.test("another exit code than the recorded one is pointed out, and the play goes on", async () => {
  const { events, outcome } = await play({ steps: [{ run: "make", exit: 0 }] }, {
    runCommand: () => Promise.resolve({ code: 2, output: "boom\n" }),
  });
  const notice = events.find((event) => event.type === "notice");
  assertStringIncludes(notice!.text, "exit code 2, recorded was 0: make");
  assertEquals(outcome.reason, "completed");
});

Deno.test("a command that cannot start fails the attempt with its reason", async () => {
  const { outcome } = await play({ steps: [{ run: "make" }] });
  assertEquals([outcome.code, outcome.message], ["agent_failed", "no command is expected"]);
});

Deno.test("a prompt other than the recorded one is pointed out; the same one is not", async () => {
  const notices = async (prompt: string) =>
    (await play({ prompt: sha256("Say hello") }, { prompt })).events
      .filter((event) => event.type === "notice").length;
  assertEquals([await notices("Say hello"), await notices("Say bye")], [0, 1]);
});

Deno.test("an interrupt ends it before the next step, with 130", async () => {
  const interrupt = new AbortController();
  const { code, outcome, tree } = await play({
    steps: [{ wait_ms: 600_000 }, { write: "late", text: "x" }],
  }, {
    interrupt: interrupt.signal,
    clock: {
      sleep: () => {
        interrupt.abort();
        return Promise.resolve();
      },
    },
  });
  assertEquals([code, outcome.reason], [130, "cancelled"]);
  assertEquals([...Deno.readDirSync(tree)], []);
});
