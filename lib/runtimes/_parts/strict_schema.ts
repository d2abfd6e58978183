import { asList, asObject } from "./json_line.ts";
import type { JsonSchema } from "./completion.ts";

/** Keywords that OpenAI's strict mode answers with an error. */
const REFUSED = [
  "allOf",
  "oneOf",
  "not",
  "if",
  "then",
  "else",
  "dependentSchemas",
  "patternProperties",
];

/**
 * Whether OpenAI's strict mode takes a schema: every object names all its properties as required and
 * has no others. A request with any other schema is refused as a whole.
 */
export function isStrictSchema(schema: JsonSchema): boolean {
  return schema.type === "object" && isStrict(schema);
}

function isStrict(value: unknown): boolean {
  const schema = asObject(value);
  if (!schema || REFUSED.some((keyword) => Object.hasOwn(schema, keyword))) return false;
  const properties = asObject(schema.properties) ?? {};
  const names = Object.keys(properties);
  if (schema.type === "object" || names.length > 0) {
    const required = asList(schema.required);
    if (schema.additionalProperties !== false) return false;
    if (required.length !== names.length || !names.every((name) => required.includes(name))) {
      return false;
    }
  }
  return [
    ...Object.values(properties),
    ...Object.values(asObject(schema.$defs) ?? {}),
    ...asList(schema.anyOf),
    ...(schema.items === undefined ? [] : [schema.items]),
  ].every(isStrict);
}
