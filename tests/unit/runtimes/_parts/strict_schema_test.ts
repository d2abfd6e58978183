import { assertEquals } from "@std/assert";
import { isStrictSchema } from "../../../../lib/runtimes/_parts/strict_schema.ts";

const LEAF = { type: "string" };

function object(properties: Record<string, unknown>, parts: Record<string, unknown> = {}) {
  return {
    type: "object",
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
    ...parts,
  };
}

Deno.test("takes objects whose members are all required, at every depth", () => {
  for (
    const schema of [
      object({}),
      object({ a: LEAF, b: { type: ["string", "null"] } }),
      object({ list: { type: "array", items: object({ a: LEAF }) } }),
      object({ either: { anyOf: [object({ a: LEAF }), { type: "null" }] } }),
      object({ a: { $ref: "#/$defs/a" } }, { $defs: { a: object({ b: LEAF }) } }),
    ]
  ) assertEquals(isStrictSchema(schema), true, JSON.stringify(schema));
});

Deno.test("takes none with a member that may be left out, or a keyword that is refused", () => {
  const open = object({ a: LEAF }, { additionalProperties: true });
  const part = object({ a: LEAF, b: LEAF }, { required: ["a"] });
  for (
    const schema of [
      {},
      { type: "array", items: LEAF },
      { anyOf: [object({})] },
      { type: "object", properties: { a: LEAF } },
      open,
      part,
      object({ inner: part }),
      object({ list: { type: "array", items: open } }),
      object({ either: { anyOf: [LEAF, part] } }),
      object({ either: { oneOf: [LEAF] } }),
      object({ a: LEAF }, { $defs: { a: part } }),
      object({ a: true }),
    ]
  ) assertEquals(isStrictSchema(schema), false, JSON.stringify(schema));
});
