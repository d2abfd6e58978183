import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { parseRecording } from "../../../lib/kernel/parse_recording.ts";
import { isInsideLink, isInsidePath, type RecordedStep } from "../../../lib/kernel/recording.ts";

const STEPS: RecordedStep[] = [
  { say: "I begin" },
  { think: "hm" },
  { write: "a/b.txt", text: "x" },
  { write: "bin/run", text: "#!/bin/sh\n", mode: "executable" },
  { write: "c.bin", base64: "AAEC/w==", mode: "plain" },
  { write: "a/link", text: "../c.bin", mode: "link" },
  { remove: "old.txt" },
  { run: "npm test", exit: 1 },
  { tool: "Bash", summary: "ls", ok: true },
  { wait_ms: 5 },
  { fail: { code: "rate_limited", message: "slow down" } },
];

function recording(steps: readonly unknown[]): Record<string, unknown> {
  return {
    schema: 1,
    title: "One",
    runtime: "somebody",
    attempts: [{
      criterion: "1",
      attempt: 1,
      prompt: "0".repeat(64),
      steps,
      finalText: "Done",
      usage: { inputTokens: 1, costUsd: 0.5 },
    }],
  };
}

/** The message with which a document is refused. */
function refusal(document: unknown): string {
  const text = typeof document === "string" ? document : JSON.stringify(document);
  const error = assertThrows(() => parseRecording(text, "r.json"), OuroborosError);
  assertEquals(error.code, "recording_invalid");
  return error.message;
}

Deno.test("a recording with every kind of step comes back as it is", () => {
  const document = recording(STEPS);
  assertEquals(parseRecording(JSON.stringify(document)) as unknown, document);
});

Deno.test("what is no JSON, or no mapping, is named as such", () => {
  assertStringIncludes(refusal("{"), 'Read the recording "r.json": it is no JSON');
  for (const document of ["null", "[]", "7", '"text"']) {
    assertStringIncludes(refusal(document), "must be a mapping");
  }
});

Deno.test("each fault is named with its exact path", () => {
  const message = refusal({
    schema: 2,
    title: "",
    runtime: 7,
    extra: true,
    attempts: [{ criterion: "1", attempt: 0, steps: [{}], finalText: null, usage: { tokens: 1 } }],
  });
  for (
    const line of [
      "extra: is not known",
      "schema: must be 1",
      "title: must not be empty",
      "runtime: must be text",
      "attempts[0].attempt: must be a whole number from 1 to 1000",
      "attempts[0].finalText: must be text",
      "attempts[0].usage.tokens: is not known",
      "attempts[0].steps[0]: must have exactly one of say, think, write",
    ]
  ) assertStringIncludes(message, line);
});

Deno.test("steps that are wrong in some way are refused where they are", () => {
  for (
    const [step, line] of [
      [{ say: 1 }, "steps[0].say: must be text"],
      [{ say: "a", think: "b" }, "steps[0]: must have exactly one of"],
      [{ say: "a", loud: true }, "steps[0].loud: is not known"],
      [{ write: "a" }, "steps[0]: must have either text or base64"],
      [{ write: "a", text: "x", base64: "eA==" }, "steps[0]: must have either text or base64"],
      [{ write: "a", base64: "???" }, "steps[0].base64: must be base64"],
      [{ write: "a", text: "x", mode: "0755" }, 'steps[0].mode: must be "plain" or "executable"'],
      [
        { write: "a", text: "/etc/passwd", mode: "link" },
        "steps[0].text: must be the link's target",
      ],
      [{ write: "a", base64: "eA==", mode: "link" }, "steps[0].text: must be the link's target"],
      [{ remove: ".." }, "steps[0].remove: must be a path inside the work folder"],
      [{ run: " " }, "steps[0].run: must not be empty"],
      [{ run: "x", exit: 256 }, "steps[0].exit: must be a whole number from 0 to 255"],
      [{ wait_ms: 600_001 }, "steps[0].wait_ms: must be a whole number"],
      [{ fail: { code: "nonsense", message: "" } }, "steps[0].fail.code: must be an error code"],
      [{ tool: "t", summary: "s" }, "steps[0].ok: must be true or false"],
      [null, "steps[0]: must have exactly one of"],
    ] as const
  ) assertStringIncludes(refusal(recording([step])), line, JSON.stringify(step));
});

Deno.test("an attempt that stands twice is refused", () => {
  const document = recording([]);
  const [attempt] = document.attempts as unknown[];
  assertStringIncludes(
    refusal({ ...document, attempts: [attempt, attempt] }),
    'attempts[1]: repeats attempt 1 of criterion "1"',
  );
});

Deno.test("paths that leave the folder on any system are outside", () => {
  for (
    const path of [
      "",
      "/etc/passwd",
      "..",
      "../x",
      "a/../../x",
      "a/./b",
      "a//b",
      "a/",
      "C:/x",
      "c:x",
      "a\\..\\b",
      "a\0b",
      ".git/config",
      "sub/.GIT/hooks/post-commit",
    ]
  ) assertEquals(isInsidePath(path), false, JSON.stringify(path));
  for (const path of ["a", "a/b c/d\ne", ".gitignore", "..a/b..", "ünï/漢字"]) {
    assertEquals(isInsidePath(path), true, JSON.stringify(path));
  }
});

Deno.test("links may point to what is inside alone", () => {
  assertEquals(isInsideLink("a/b/link", "../../c"), true);
  assertEquals(isInsideLink("a/b/link", "../../../c"), false);
  assertEquals(isInsideLink("link", "x/../../c"), false);
  assertEquals(isInsideLink("link", "/c"), false);
  assertEquals(isInsideLink("link", ""), false);
});

Deno.test("a recording may hold answers to questions, and each fault in them is named", () => {
  const right = {
    ...recording([]),
    completions: [
      { kind: "screen", number: 1, prompt: "0".repeat(64), answer: "{}", usage: { costUsd: 1 } },
      { kind: "screen", number: 1, turn: 2, answer: "" },
      { kind: "screen", number: 2, answer: "", fail: { code: "server_error", message: "x" } },
    ],
  };
  assertEquals(parseRecording(JSON.stringify(right)) as unknown, right);
  const message = refusal({
    ...recording([]),
    completions: [
      { kind: "", number: 0, turn: 3, prompt: "x", answer: 7, more: 1 },
      { kind: "a", number: 1, answer: "", usage: { tokens: 1 }, fail: { code: "x" } },
      { kind: "a", number: 1, turn: 1, answer: "" },
      "text",
    ],
  });
  for (
    const part of [
      "completions[0].kind: must not be empty",
      "completions[0].number: must be a whole number from 1",
      "completions[0].turn: must be a whole number from 1 to 2",
      "completions[0].prompt: must be a SHA-256",
      "completions[0].answer: must be text",
      "completions[0].more: is not known",
      "completions[1].usage.tokens: is not known",
      "completions[1].fail.code: must be an error code",
      'completions[2]: repeats answer 1 to question 1 of "a"',
      "completions[3]: must be a mapping",
    ]
  ) assertStringIncludes(message, part);
});
