import { setConfig } from "../../app/config/config_set.ts";
import { OuroborosError } from "../../kernel/error.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { unlessGiven } from "../decides.ts";
import { counted } from "../render/text.ts";
import { showConfigChange } from "../render/config_change.ts";

/** `ouroboros config set`: one key, comments and layout kept. */
export const configSet: Command = {
  name: "config set",
  usage: "KEY VALUE",
  summary: "Sets one key of the configuration; comments and everything else in the file stay.",
  details: [
    "VALUE is what the key takes: a number, a word, a duration such as 90s or 10m, a list as a,b " +
    'or "[a, b]". What the key cannot take is refused, and nothing is written.',
    "env.pass takes names of variables, never their values.",
  ],
  options: {
    "dry-run": { help: "Show the change, and write nothing" },
    json: { help: "JSON on stdout" },
  },
  examples: [
    "ouroboros config set run.attempts 5",
    "ouroboros config set env.pass NPM_TOKEN,PGHOST",
    "ouroboros config set limits.idle 20m --dry-run",
  ],
  decides: unlessGiven("dry-run"),
  // More words than two are refused here: what was typed may be a secret, and is not said again.
  positional: [0, Number.MAX_SAFE_INTEGER],
  async run({ app, words, output }) {
    const [key, value, ...more] = words.positional;
    if (key === undefined || value === undefined || more.length > 0) {
      throw new OuroborosError({
        code: "usage",
        message: `Give KEY VALUE to "config set": it got ${
          counted(words.positional.length, "word")
        }`,
        hint: 'Quote a value with blanks: ouroboros config set KEY "a b"',
      });
    }
    const change = await setConfig(app, { key, value }, { dryRun: words.has("dry-run") });
    showConfigChange(change, { output, json: words.has("json") });
    return EXIT.done;
  },
};
