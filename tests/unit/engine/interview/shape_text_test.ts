import { assertEquals } from "@std/assert";
import { z } from "zod";
import { scoreSchema } from "../../../../lib/engine/interview/score_answer.ts";
import { screenSchema } from "../../../../lib/engine/interview/screen_answer.ts";
import { seedAnswerSchema } from "../../../../lib/engine/interview/seed_answer.ts";
import { shapeText } from "../../../../lib/engine/interview/shape_text.ts";
import { wireSchema } from "../../../../lib/engine/interview/wire_schema.ts";

Deno.test("a schema becomes a type with a line and a meaning for each key", () => {
  const schema = wireSchema(z.object({
    goal: z.string().describe("What for"),
    who: z.string().nullable().describe("A person"),
    run: z.string().describe("A command").nullable(),
    level: z.enum(["low", "high"]),
    tags: z.array(z.enum(["a", "b"])).describe("Some"),
    parts: z.array(z.object({ text: z.string(), number: z.int() })).describe("In order"),
  }));
  assertEquals(
    shapeText(schema),
    `{
 goal: string // What for
 who: string | null // A person
 run: string | null // A command
 level: "low" | "high"
 tags: ("a" | "b")[] // Some
 parts: { // In order
  text: string
  number: integer
 }[]
}`,
  );
});

Deno.test("every key of what a model is asked for stands in its shape, once for each place", () => {
  const keys = (schema: Record<string, unknown>): string[] => {
    const properties = Object.entries(schema.properties ?? {}) as [
      string,
      Record<string, unknown>,
    ][];
    const items = schema.items as Record<string, unknown> | undefined;
    return [
      ...properties.flatMap(([key, inner]) => [key, ...keys(inner)]),
      ...(items ? keys(items) : []),
    ];
  };
  for (const schema of [screenSchema(), scoreSchema(), seedAnswerSchema()]) {
    const lines = shapeText(schema).split("\n").flatMap((line) =>
      /^ +(\w+): /.exec(line)?.slice(1) ?? []
    );
    assertEquals(lines, keys(schema));
  }
});
