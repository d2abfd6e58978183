import { join } from "@std/path";
import type { CommandInput } from "./check_input.ts";
import { decidedOutside } from "./decided_outside.ts";
import { namedPaths } from "./named_paths.ts";
import { onlyReads } from "./only_reads.ts";

/** Programs whose first argument is the script that they run. */
const INTERPRETERS =
  /^(?:env|sh|bash|dash|zsh|ksh|\.|source|node|deno|bun|tsx|ts-node|python[\d.]*|ruby|perl|php|lua|Rscript|pwsh)$/;
/** Words that stand between such a program and its script. */
const BETWEEN = /^(?:-|run$|test$|\w+=)/;
/** Options behind which the script is part of the command itself. */
const INLINE = /^(?:-[ecp]|-lc|eval)$/;
/** Names of files that tests are kept in. */
const TESTS = /(?:^|[/._-])(?:tests?|specs?|checks?|verify)(?:[/._-]|$)/i;

/**
 * The scripts and tests whose own word decides a check: for each the paths that it may lie at, from
 * the project's root. Empty where what the work prints or leaves is looked at from outside of it.
 */
export function decidingScripts(
  check: Pick<CommandInput, "run" | "expect">,
  dir: string,
): string[][] {
  if (decidedOutside(check) !== undefined) return [];
  const below = /^\s*cd\s+([\w./-]+)\s*(?:&&|;)/.exec(check.run)?.[1] ?? ".";
  const folder = join(dir, below);
  const steps = decidingSteps(check.run)
    .filter((step) => step !== "" && !onlyReads(step) && !/^(?:cd|set|exit)(?:\s|$)/.test(step));
  return steps.flatMap((step) => scriptsOf(step.split(/\s+/).map(bare)))
    .map((word) => [...namedPaths(word, folder)]);
}

/** The commands whose own exit decides: no other one reads what they print, or compares how they end. */
function decidingSteps(run: string): string[] {
  const statements = run.split(/[;\n]/);
  return statements.flatMap((statement, at) => {
    const steps = statement.split(/&&|\|\|/).map((step) => step.split("|").at(-1)!.trim());
    const isCompared = /(?:\btest|\[)\s+"?\$\?/.test(statements[at + 1] ?? "");
    return isCompared ? steps.slice(0, -1) : steps;
  });
}

/** Of one command: the script that is run, and every word that is a test's file. */
function scriptsOf(words: readonly string[]): string[] {
  const first = words.findIndex((word) => !/^\w+=/.test(word));
  const [program = "", ...rest] = words.slice(Math.max(0, first));
  const tests = rest.filter((word) => isPath(word) && TESTS.test(word) && !word.startsWith("-"));
  if (!INTERPRETERS.test(program)) {
    return program.includes("/") && isPath(program) ? [program, ...tests] : tests;
  }
  if (rest.some((word) => INLINE.test(word))) return tests;
  const script = rest.find((word) => !BETWEEN.test(word));
  const isModule = rest[rest.indexOf(script ?? "") - 1] === "-m";
  if (script === undefined || isModule || !isPath(script)) return tests;
  return [...new Set([script, ...tests])];
}

/** A word that can only be a file: no glob, no variable, no address, nothing outside the project. */
function isPath(word: string): boolean {
  return /[./]/.test(word) && /^(?:\.\/)?[\w@][\w./@+-]*(?:::.*)?$/.test(word);
}

function bare(word: string): string {
  return word.replace(/^['"({]+|['")}]+$/g, "");
}
