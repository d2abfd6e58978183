import type { CommandInput } from "./check_input.ts";

/** Tools that read sources and run none of them. */
const STATIC =
  /\b(?:tsc|vue-tsc|eslint|biome|prettier|stylelint|ruff|mypy|pyright|flake8|pylint|black|isort|py_compile|compileall|shellcheck|gofmt|golangci-lint|go (?:vet|build)|cargo (?:check|build|fmt|clippy)|deno (?:check|lint|fmt)|typecheck|type-check|lint|format|fmt)\b|\b(?:sh|bash) -n\b|\bnode (?:--check|-c)\b/;
const RUNNER =
  /\b(?:test|tests|pytest|unittest|jest|vitest|mocha|ava|spec|rspec|run|nextest|ctest|check\.\w+)\b/;

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
  if (STATIC.test(run) && !RUNNER.test(run.replace(new RegExp(STATIC.source, "g"), ""))) {
    return { line: "Its command reads sources and does not run them", certain: true };
  }
  return undefined;
}
