import { OuroborosError } from "../kernel/error.ts";
import { nearestName } from "../kernel/nearest_name.ts";
import { type CommandEntry, COMMANDS } from "./commands.ts";
import { OLD_SPELLINGS } from "./old_spellings.ts";

/** A command that was named, and the words behind its name. */
export interface FoundCommand {
  entry: CommandEntry;
  rest: readonly string[];
  /** What to say about the spelling, if it is a former one. */
  note?: string;
}

/** The command that the first words name, former spellings included. Errors: unknown_command, usage. */
export function findCommand(argv: readonly string[]): FoundCommand {
  for (const count of [2, 1]) {
    const typed = argv.slice(0, count).join(" ");
    const old = Object.hasOwn(OLD_SPELLINGS, typed) ? OLD_SPELLINGS[typed] : undefined;
    const entry = COMMANDS.find((one) => one.name === (old ?? typed));
    if (!entry) continue;
    if (typed === "init" && argv.length > 1) refuseMisspelt(argv[1]!);
    const note = old === undefined ? {} : { note: `"${typed}" is called "${old}" now` };
    return { entry, rest: argv.slice(count), ...note };
  }
  throw unknownCommand(argv[0] ?? "");
}

/** A slip in `init list` would begin an interview about that word, and pay a model for it. */
function refuseMisspelt(word: string): void {
  const near = nearestName(word, ["list", "start"]);
  if (near === undefined) return;
  throw new OuroborosError({
    code: "unknown_command",
    message: `Unknown command "init ${word}"`,
    hint: `Did you mean: ouroboros init ${near}? An idea of one word: ouroboros interview ${word}`,
  });
}

/** The commands of two words that begin with this one: those of "seed". */
export function commandsUnder(word: string): readonly CommandEntry[] {
  return COMMANDS.filter((one) => one.group !== "hidden" && one.name.startsWith(`${word} `));
}

function unknownCommand(word: string): OuroborosError {
  const verbs = commandsUnder(word);
  if (verbs.length > 0) {
    const names = verbs.map((one) => `"${one.name.slice(word.length + 1)}"`);
    const last = names.pop();
    return new OuroborosError({
      code: "usage",
      message: `Say what to do with "${word}": ${
        names.length === 0 ? last : `${names.join(", ")} or ${last}`
      }`,
      hint: `ouroboros ${word} --help`,
    });
  }
  if (word.startsWith("-")) {
    return new OuroborosError({
      code: "usage",
      message: `Unknown option "${word}": options stand behind a command`,
      hint: "ouroboros --help",
    });
  }
  return new OuroborosError({
    code: "unknown_command",
    message: `Unknown command "${word}"`,
    hint: hintFor(word),
  });
}

function hintFor(word: string): string {
  if (/\.(ya?ml|json)$/i.test(word)) return `ouroboros run "${word}"`;
  if (/\s/.test(word.trim())) {
    return `To have an agent do it: ouroboros run "${word.trim()}" --check CMD`;
  }
  const names = COMMANDS.filter((one) => one.group !== "hidden").map((one) => one.name);
  const near = nearestName(word, names);
  const all = "All commands: ouroboros --help";
  return near === undefined ? all : `Did you mean: ouroboros ${near}? ${all}`;
}
