import { assertEquals } from "@std/assert";
import { z } from "zod";
import {
  documentPath,
  documentProblems,
  problemText,
} from "../../../lib/kernel/document_problem.ts";

function problems(schema: z.ZodType, document: unknown): string[] {
  const result = schema.safeParse(document);
  return result.success
    ? []
    : documentProblems(result.error.issues, document).map((one) => `${one.path}: ${one.message}`);
}

Deno.test("paths are written as people write them", () => {
  assertEquals(documentPath(["a", 1, "b-c", "d"]), "a[1].b-c.d");
  assertEquals(documentPath(["files", "a/b.js", 0]), 'files["a/b.js"][0]');
  assertEquals(documentPath([]), "");
});

Deno.test("of a union, the branch that fits the value's kind speaks", () => {
  const inner = z.looseObject({ run: z.string(), limit: z.number().max(5).optional() });
  const schema = z.looseObject({
    check: z.union([z.string(), inner, z.array(z.union([z.string(), inner]))]),
  });
  assertEquals(problems(schema, { check: { run: 3 } }), [
    "check.run: must be text, is a number; put it in quotes",
  ]);
  assertEquals(problems(schema, { check: ["a", { run: "x", limit: 9 }] }), [
    "check[1].limit: must be at most 5",
  ]);
  assertEquals(problems(schema, { check: 3 }), [
    "check: must be text or a mapping or a list, is a number; put it in quotes",
  ]);
});

Deno.test("missing, wrong kind, limits, words and keys each have their words", () => {
  const schema = z.object({
    a: z.string(),
    b: z.string().max(3),
    c: z.array(z.string()).max(1),
    d: z.enum(["x", "y"]),
    e: z.record(z.string().regex(/^k/, "must begin with k"), z.string()),
    f: z.array(z.string()),
  });
  const document = { b: "long", c: ["1", "2"], d: "z", e: { q: "1" }, f: [{ yes: "no" }] };
  assertEquals(problems(schema, document), [
    "a: is missing",
    "b: must have at most 3 characters",
    "c: must have at most 1 entries",
    'd: must be "x" or "y"',
    "e.q: as a key must begin with k",
    "f[0]: must be text, is a mapping; put it in quotes",
  ]);
});

Deno.test("one problem stands on the line of the message, several below it", () => {
  assertEquals(problemText([{ path: "goal", message: "is missing" }]), "goal: is missing");
  assertEquals(
    problemText([{ path: "a", message: "x" }, { path: "", message: "y" }]),
    "2 problems\n  a: x\n  y",
  );
});

Deno.test("thousands of problems are counted, not written out", () => {
  const text = problemText(Array.from({ length: 1200 }, () => ({ path: "a", message: "x" })));
  const lines = text.split("\n");
  assertEquals([lines.length, lines[0], lines.at(-1)], [52, "1,200 problems", "  and 1,150 more"]);
});
