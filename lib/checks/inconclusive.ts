import type { CommandInput } from "./check_input.ts";
import { commandParts } from "./command_parts.ts";

/** Commands that read sources and run none of them. */
const STATIC =
  /\b(?:tsc|vue-tsc|eslint|biome|prettier|stylelint|ruff|mypy|pyright|flake8|pylint|black|isort|py_compile|compileall|shellcheck|gofmt|golangci-lint|go (?:vet|build)|cargo (?:check|build|fmt|clippy)|deno (?:check|lint|fmt))\b|(?<![\w./-])(?:typecheck|type-check|lint|format|fmt)(?![\w./-])|\b(?:sh|bash) -n\b|\bnode (?:--check|-c)\b/;
/** Commands that prepare for others. One behind `NAME=value` is one of its own. */
const BESIDE = /^(?:(?:cd|export|set|echo|printf|true|mkdir)(?:\s|$)|\w+=\S*$)/;

/** Why a poisoned run that passes says nothing against a check. */
export interface Inconclusive {
  /** One line for people. */
  line: string;
  /** Nothing could be noticed either, so that a control need not even be tried. */
  certain: boolean;
}

/**
 * Whether a check's command is one that is not meant to fail when its sources do: it reads them
 * only, it wants a failure, or it turns one round. Undefined where it is meant to.
 */
export function inconclusive(
  check: Pick<CommandInput, "run" | "expect">,
): Inconclusive | undefined {
  const { run, expect } = check;
  if (expect?.exit !== undefined && expect.exit !== 0) {
    return { line: `It expects exit code ${expect.exit}, which a failure gives`, certain: false };
  }
  if (/(?:^|[;&|({\n]|\b(?:if|while|until|then|do)\s)\s*!\s/.test(run)) {
    return { line: "Its command turns a failure round", certain: false };
  }
  const parts = commandParts(run).filter((part) => part !== "" && !BESIDE.test(part));
  if (parts.length > 0 && parts.every((part) => STATIC.test(part))) {
    return { line: "Its command reads sources and does not run them", certain: true };
  }
  return undefined;
}
