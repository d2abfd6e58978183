import type { App } from "../app/app.ts";
import { typedName } from "../app/typed_name.ts";
import { asTyped } from "./as_typed.ts";

/**
 * Words of ours, each command in them as it is typed on this machine: who has the program where
 * PATH does not lead would be told of one that is not found.
 */
export async function typedText(
  app: Pick<App, "self" | "environment">,
  text: string,
): Promise<string> {
  return asTyped(text, await typedName(app));
}
