/** Runs the program from source with the same permissions as the compiled one: `start.ts ARGS…`. */
import { sourceCommand } from "./source_command.ts";

const [program = "", ...args] = [...sourceCommand(), ...Deno.args];
const child = new Deno.Command(program, { args }).spawn();
// An interrupt reaches the program too, by the terminal: it ends in its own way, and we after it.
for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => {});
Deno.exit((await child.status).code);
