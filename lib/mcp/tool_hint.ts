/** A command is replaced where nothing more of it follows: with further options it says more. */
const END = "(?=$|[;,])";
const ID = "([A-Za-z0-9][A-Za-z0-9._-]*)";

/** Commands that a tool of ours does as well → how a model says it. */
const CALLS: readonly [command: RegExp, call: string][] = [
  [command(`interview --resume ${ID}`), 'ouroboros_interview with session_id "$1"'],
  [command('interview(?: "[^"]*")?'), "ouroboros_interview with initial_context"],
  [command(`resume ${ID}(?: --detach)?`), 'ouroboros_start_execute_seed with session_id "$1"'],
  [command(`cancel ${ID}`), 'ouroboros_cancel_execution with execution_id "$1"'],
  [command(`status ${ID}`), 'ouroboros_session_status with session_id "$1"'],
  [command("(?:status|interviews|runs(?: --all)?)"), "ouroboros_session_status without session_id"],
  [command("run ((?:[^\\s\"',;])+)"), 'ouroboros_start_execute_seed with seed_path "$1"'],
  [command("run SEED --detach --runtime (\\w+)"), 'ouroboros_start_execute_seed with runtime "$1"'],
  [command("(?:doctor|runtimes)"), "ouroboros_doctor"],
  [/ with --model(?=$|[;,])/g, " (argument model)"],
  [/(?<![\w-])--recording FILE\b/g, 'recording: "FILE"'],
  // No tool takes a ceiling of tokens: the time is what is left.
  [/(?<![\w-])--max-tokens(?=, or a --runtime\b)/g, "minutes"],
  [/(?<![\w-])--(runtime|recording|minutes)(?=$|[;,]| that\b)/g, "$1"],
];

function command(words: string): RegExp {
  return new RegExp(`(?<![\\w./~-])ouroboros ${words}${END}`, "g");
}

/**
 * A hint as a model can follow it: a command that a tool of ours does too becomes that call, and one
 * that none does is the user's to type.
 */
export function toolHint(hint: string): string {
  const told = CALLS.reduce((text, [pattern, call]) => text.replace(pattern, call), hint);
  return /^ouroboros [a-z]/.test(told) ? `The user types: ${told}` : told;
}
