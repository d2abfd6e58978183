import { assert, assertEquals, assertGreater, assertNotEquals, assertThrows } from "@std/assert";
import { OuroborosError } from "../../lib/kernel/error.ts";
import { PERMISSIONS } from "../../lib/kernel/runtime_event.ts";
import {
  effectivePermission,
  type Invocation,
  REGISTRY,
  type RuntimeDefinition,
  validateDefinition,
} from "../../lib/runtimes/mod.ts";
import {
  assertExpected,
  completionRequest,
  decodeLines,
  exited,
  runtimeRequest,
  STRICT_SCHEMA,
  type Transcript,
  type TranscriptLine,
  transcriptsOf,
} from "../helpers/runtime_transcript.ts";

/** Linux takes no single argument above this. */
const LONGEST_ARGUMENT = 128 * 1024;

/** Lines that no CLI means anything by. */
const NOISE = [
  "",
  " ",
  "Warning: something else spoke",
  "{",
  "}",
  "{}",
  "[]",
  "null",
  "42",
  '"text"',
  '{"type":',
  '{"type":null}',
  '{"type":"no_such_event","message":{"content":[{}]}}',
  "\u0000\u0001\u0002",
  "\ufffd\ufffd\ufffd",
  "\u001b[31mred\u001b[0m",
  "x".repeat(100_000),
];

for (const definition of REGISTRY.all) {
  const { id } = definition;
  const transcripts = transcriptsOf(id);

  Deno.test(`${id}: its definition is sound`, () => {
    assertEquals(validateDefinition(definition), []);
  });

  Deno.test(`${id}: has recorded transcripts, one of them a success`, () => {
    assertGreater(transcripts.length, 0);
    assert(transcripts.some((one) => one.expected.reason === "completed"));
  });

  for (const transcript of transcripts) {
    Deno.test(`${id}: reads "${transcript.name}" as it was meant`, () => {
      const decoded = decode(definition, transcript);
      assertExpected(decoded, transcript.expected);
      // The driver makes the one terminal event from the outcome.
      assertEquals(decoded.events.filter((event) => event.type === "finished"), []);
      assert(decoded.events.filter((event) => event.type === "started").length <= 1);
      for (const event of decoded.events) {
        if (event.type !== "usage") continue;
        for (const value of Object.values(event.usage)) assert(value >= 0, JSON.stringify(event));
      }
    });
  }

  Deno.test(`${id}: the same lines give the same events`, () => {
    for (const transcript of transcripts) {
      assertEquals(decode(definition, transcript), decode(definition, transcript));
    }
  });

  Deno.test(`${id}: noise between the lines never throws`, () => {
    for (const transcript of transcripts) {
      const noisy = interleave(transcript.lines);
      const { outcome } = decode(definition, { ...transcript, lines: noisy });
      // Where everything is an event, noise must not change what was meant either.
      if (definition.capabilities.streaming !== "events") continue;
      assertEquals(
        [transcript.name, outcome.reason, outcome.code],
        [transcript.name, transcript.expected.reason, transcript.expected.code],
      );
    }
  });

  Deno.test(`${id}: lines that were cut or have other types inside never throw`, () => {
    for (const transcript of transcripts) {
      for (const mangle of [cutLine, ...WRONG_TYPES.map(wrongTypes)]) {
        const lines = transcript.lines.map((line) => ({ ...line, text: mangle(line.text) }));
        const { outcome } = decode(definition, { ...transcript, lines });
        assertEquals(typeof outcome.reason, "string");
      }
    }
  });

  Deno.test(`${id}: exit code 0 without a word is no success`, () => {
    const { events, outcome } = decodeLines(definition, { lines: [], exit: exited(0) });
    assertEquals(events, []);
    assertNotEquals(outcome.reason, "completed");
    assert(outcome.code !== undefined);
  });

  if (definition.capabilities.streaming === "events") {
    Deno.test(`${id}: exit code 0 after nothing but noise is no success`, () => {
      const lines = NOISE.map((text) => ({ stream: "stdout" as const, text }));
      const { outcome } = decodeLines(definition, { lines, exit: exited(0) });
      assertNotEquals(outcome.reason, "completed");
      assert(outcome.code !== undefined);
    });
  }

  Deno.test(`${id}: the reason for which we ended it comes first`, () => {
    for (const transcript of transcripts) {
      for (const reason of ["timed_out", "cancelled", "not_started"] as const) {
        const exit = { ...transcript.exit, reason };
        const { outcome } = decode(definition, { ...transcript, exit });
        assertEquals([transcript.name, outcome.reason], [transcript.name, reason]);
      }
    }
  });

  Deno.test(`${id}: an invocation depends on the request alone`, () => {
    const request = runtimeRequest({ systemText: "Be brief", model: "some-model" });
    const before = structuredClone(request);
    assertEquals(definition.invoke(request), definition.invoke(request));
    assertEquals(request, before);
  });

  Deno.test(`${id}: files of an invocation stay in its folder`, () => {
    for (const permission of PERMISSIONS) {
      const invocation = definition.invoke(runtimeRequest({ permission, systemText: "Be brief" }));
      for (const path of Object.keys(invocation.files)) {
        assert(!path.startsWith("/") && !path.split("/").includes(".."), path);
      }
    }
  });

  const { complete } = definition;
  if (complete) {
    Deno.test(`${id}: a question depends on the request alone, and stays in its folder`, () => {
      const request = completionRequest({ model: "some-model", foreignServers: ["a.b", "notes"] });
      const before = structuredClone(request);
      const invocation = complete.invoke(request);
      assertEquals(complete.invoke(request), invocation);
      assertEquals(request, before);
      for (const path of Object.keys(invocation.files)) {
        assert(!path.startsWith("/") && !path.split("/").includes(".."), path);
      }
    });

    Deno.test(`${id}: a question never asks for more than reading`, () => {
      for (const reads of [true, false]) {
        const { args } = complete.invoke(completionRequest({ reads }));
        const loose = /bypass|danger|workspace-write|acceptEdits|--auto$|--yolo|--trust/;
        assertEquals(args.filter((arg) => loose.test(arg)), []);
      }
    });

    Deno.test(`${id}: prompt and schema of a question arrive, whatever they look like`, () => {
      const schema = { ...STRICT_SCHEMA, description: "x".repeat(200_000) };
      for (const prompt of ["--help", "/init", "$(touch x) \"'", "z".repeat(100_000)]) {
        const invocation = complete.invoke(completionRequest({ prompt, schema }));
        assert(carried(invocation).some((text) => text.includes(prompt)), prompt.slice(0, 40));
        for (const arg of invocation.args) {
          assert(new TextEncoder().encode(arg).length < LONGEST_ARGUMENT);
        }
      }
    });

    Deno.test(`${id}: its capabilities say whether the CLI is handed the schema`, () => {
      const native = definition.capabilities.structuredOutput === "native";
      assertEquals(complete.takesSchema(STRICT_SCHEMA), native);
      const invocation = complete.invoke(completionRequest());
      assertEquals(carried(invocation).some((text) => text.includes('"integer"')), native);
    });

    Deno.test(`${id}: a question that is empty or too long is refused before anything starts`, () => {
      const long = "y".repeat(definition.limits.promptBytes + 1);
      for (const [prompt, code] of [[" \n", "prompt_empty"], [long, "prompt_too_large"]] as const) {
        const error = assertThrows(
          () => complete.invoke(completionRequest({ prompt })),
          OuroborosError,
        );
        assertEquals(error.code, code);
      }
    });
  }

  if (definition.binary.kind === "external") {
    Deno.test(`${id}: each permission word that it has means something else`, () => {
      const words = PERMISSIONS.filter((word) => definition.permissions[word]);
      const invocations = words.map((permission) =>
        JSON.stringify(definition.invoke(runtimeRequest({ permission })))
      );
      assertEquals(new Set(invocations).size, words.length);
      assert(effectivePermission(definition, "edit") !== "full");
    });

    Deno.test(`${id}: an empty prompt is refused before anything starts`, () => {
      for (const prompt of ["", " ", "\n\t \r\n", "\u00a0"]) {
        const error = assertThrows(
          () => definition.invoke(runtimeRequest({ prompt })),
          OuroborosError,
        );
        assertEquals(error.code, "prompt_empty");
      }
    });

    Deno.test(`${id}: a prompt above its limit is refused before anything starts`, () => {
      const prompt = "y".repeat(definition.limits.promptBytes + 1);
      const error = assertThrows(
        () => definition.invoke(runtimeRequest({ prompt })),
        OuroborosError,
      );
      assertEquals(error.code, "prompt_too_large");
    });

    Deno.test(`${id}: prompts arrive as they are, whatever they begin with`, () => {
      for (
        const prompt of [
          "-starts with a dash",
          "--help",
          "/init",
          "/no-such-command x",
          "!ls",
          "#note",
          "$(touch x) `touch y` \"'",
          "grüße 漢字 🐍\r\nsecond line\n",
          "z".repeat(200_000),
        ]
      ) {
        const invocation = definition.invoke(runtimeRequest({ prompt }));
        assert(carried(invocation).some((text) => text.includes(prompt)), prompt.slice(0, 40));
        for (const arg of invocation.args) {
          assert(new TextEncoder().encode(arg).length < LONGEST_ARGUMENT);
          // A bare argument that begins like a flag would be read as one.
          assert(arg !== prompt || !/^[-/]/.test(prompt), prompt.slice(0, 40));
        }
      }
    });
  }
}

function decode(definition: RuntimeDefinition, transcript: Transcript) {
  const { request } = transcript.expected;
  return decodeLines(definition, { ...transcript, ...(request ? { request } : {}) });
}

/** Every place where a prompt may stand. */
function carried(invocation: Invocation): string[] {
  return [invocation.stdin ?? "", ...invocation.args, ...Object.values(invocation.files)];
}

function interleave(lines: readonly TranscriptLine[]): TranscriptLine[] {
  const noise = NOISE.map((text) => ({ stream: "stdout" as const, text }));
  return [...noise, ...lines.flatMap((line, i) => [line, noise[i % noise.length]!]), ...noise];
}

function cutLine(text: string): string {
  return text.slice(0, Math.floor(text.length / 2));
}

const WRONG_TYPES: readonly unknown[] = [null, 7, "text", [], [null], {}, true];

/** Every member of a JSON line but its `type` gets another value, at each depth in turn. */
function wrongTypes(value: unknown): (text: string) => string {
  return (text) => {
    try {
      return JSON.stringify(replaceLeaves(JSON.parse(text), value));
    } catch {
      return text;
    }
  };
}

function replaceLeaves(node: unknown, value: unknown): unknown {
  if (typeof node !== "object" || node === null || Array.isArray(node)) return value;
  return Object.fromEntries(
    Object.entries(node).map(([key, member]) => [
      key,
      key === "type" || key === "subtype" ? member : replaceLeaves(member, value),
    ]),
  );
}
