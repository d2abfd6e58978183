/** Writes the counted part of docs/truth.md: `deno run -A tests/truth/write_page.ts`. */
import { truthPage } from "../helpers/truth_page.ts";
import { CORPUS } from "./corpus.ts";

const file = new URL("../../docs/truth.md", import.meta.url);
await Deno.writeTextFile(file, await truthPage(await Deno.readTextFile(file), CORPUS));
