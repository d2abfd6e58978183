import { assertEquals } from "@std/assert";
import { seedJsonSchema } from "../../../../lib/engine/seed/seed_json_schema.ts";

type Node = Record<string, unknown>;

Deno.test("the schema says which draft it is, and what it is", () => {
  const schema = seedJsonSchema();
  assertEquals(schema.$schema, "https://json-schema.org/draft/2020-12/schema");
  assertEquals(schema.title, "Ouroboros seed");
  assertEquals(schema.required, ["goal"]);
});

Deno.test("every field has a description, and every reference leads somewhere", () => {
  const schema = seedJsonSchema() as Node & { $defs: Record<string, Node> };
  const without: string[] = [];
  let fields = 0;
  const visit = (node: unknown, path: string) => {
    if (typeof node !== "object" || node === null) return;
    const { $ref, properties } = node as { $ref?: string; properties?: Record<string, Node> };
    if ($ref) assertEquals(Object.hasOwn(schema.$defs, $ref.replace("#/$defs/", "")), true, $ref);
    for (const [name, field] of Object.entries(properties ?? {})) {
      fields++;
      const target = typeof field.$ref === "string"
        ? schema.$defs[field.$ref.replace("#/$defs/", "")]
        : undefined;
      if (!(field.description ?? target?.description)) without.push(`${path}.${name}`);
    }
    for (const [key, child] of Object.entries(node)) visit(child, `${path}.${key}`);
  };
  visit(schema, "");
  assertEquals(without, []);
  // The names that people rely on are in it.
  const text = JSON.stringify(schema);
  for (const name of ["acceptance_criteria", "verify_command", "hidden", "carry", "field_type"]) {
    assertEquals(text.includes(`"${name}"`), true, name);
  }
  assertEquals(fields > 60, true, String(fields));
});
