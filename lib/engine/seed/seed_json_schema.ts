import { z } from "zod";
import { SeedDocument } from "./seed_document.ts";

/** JSON schema (draft 2020-12) of a seed file, for editors; made from what validates seeds. */
export function seedJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(SeedDocument, {
    target: "draft-2020-12",
    io: "input",
  });
  return {
    $schema,
    title: "Ouroboros seed",
    description: "What is to be built, and the checks that decide whether it was",
    ...rest,
  };
}
