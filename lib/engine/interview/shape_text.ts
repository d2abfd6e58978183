/**
 * A JSON schema in the dialect of `wireSchema` as a type in lines, each with what it means: a model
 * that is given no structured output reads it as well, in a third of the bytes.
 */
export function shapeText(schema: Record<string, unknown>): string {
  return typeText(schema as Shape, "");
}

/** The keywords that `wireSchema` leaves. */
interface Shape {
  type?: string | readonly string[];
  properties?: Readonly<Record<string, Shape>>;
  items?: Shape;
  enum?: readonly unknown[];
  anyOf?: readonly Shape[];
  description?: string;
}

function typeText(shape: Shape, indent: string): string {
  if (shape.anyOf) return shape.anyOf.map((one) => typeText(one, indent)).join(" | ");
  if (shape.enum) return shape.enum.map((one) => JSON.stringify(one)).join(" | ");
  if (shape.items) {
    const item = typeText(shape.items, indent);
    return item.includes(" | ") && !item.startsWith("{") ? `(${item})[]` : `${item}[]`;
  }
  if (!shape.properties) return [shape.type ?? "unknown"].flat().join(" | ");
  const inner = `${indent} `;
  const lines = Object.entries(shape.properties).map(([key, one]) => lineText(key, one, inner));
  return ["{", ...lines, `${indent}}`].join("\n");
}

/** A property with its meaning behind it: of a mapping, behind the brace that opens it. */
function lineText(key: string, shape: Shape, indent: string): string {
  const [first = "", ...rest] = `${indent}${key}: ${typeText(shape, indent)}`.split("\n");
  const meaning = shape.description ??
    shape.anyOf?.find((one) => one.description !== undefined)?.description;
  return [meaning === undefined ? first : `${first} // ${meaning}`, ...rest].join("\n");
}
