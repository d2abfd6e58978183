import { messageOf, OuroborosError } from "../kernel/error.ts";
import type { ChildSpec } from "./child.ts";
import { childLaunch, type Launch } from "./child_env.ts";
import { findProgram, type FoundProgram } from "./find_program.ts";

/**
 * Starts the process of a child: a group and session of its own, its environment and no other,
 * stdin at its end or a pipe. Throws OuroborosError: program_missing, not_found (the folder),
 * not_started.
 */
export async function spawnChild(
  spec: Pick<ChildSpec, "argv" | "cwd" | "env" | "stdin" | "label">,
  ours: Readonly<Record<string, string>>,
): Promise<Deno.ChildProcess> {
  const found = findProgram(spec);
  if (found.kind !== "found") throw await startError(spec, found);
  const [, ...args] = spec.argv;
  try {
    return command(childLaunch([found.path, ...args], spec.env, ours), spec).spawn();
  } catch (cause) {
    throw await startError(spec, found, cause);
  }
}

function command(launch: Launch, spec: Pick<ChildSpec, "cwd" | "stdin">): Deno.Command {
  return new Deno.Command(launch.program, {
    args: launch.args,
    cwd: spec.cwd,
    clearEnv: launch.clearEnv,
    env: launch.env,
    stdin: spec.stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
    detached: true,
  });
}

type Sought = Pick<ChildSpec, "argv" | "cwd" | "env" | "label">;

async function startError(
  spec: Sought,
  found: FoundProgram,
  cause?: unknown,
): Promise<OuroborosError> {
  if (await Deno.stat(spec.cwd).catch(() => undefined) === undefined) {
    return new OuroborosError({
      code: "not_found",
      message: `Start "${spec.label}": the folder "${spec.cwd}" does not exist`,
      cause,
    });
  }
  if (found.kind === "missing") return programMissing(spec);
  if (found.kind === "not_executable" || cause instanceof Deno.errors.PermissionDenied) {
    const detail = `"${found.path}" may not be executed`;
    return notStarted(spec, cause, detail, `chmod +x ${found.path}`);
  }
  if (cause instanceof Deno.errors.NotFound && !hasOwnFolder()) {
    return new OuroborosError({
      code: "not_found",
      message: `Start "${spec.label}": the folder that ouroboros was started in is gone`,
      hint: 'cd "$HOME", then run the command again',
      cause,
    });
  }
  if (cause instanceof Deno.errors.NotFound) {
    return notStarted(spec, cause, `"${found.path}" names an interpreter that does not exist`);
  }
  return notStarted(spec, cause, messageOf(cause));
}

/** No child starts from a process whose own folder was removed: the system finds no way from it. */
function hasOwnFolder(): boolean {
  try {
    Deno.cwd();
    return true;
  } catch {
    return false;
  }
}

function programMissing(spec: Sought): OuroborosError {
  const program = spec.argv[0];
  const path = spec.env.values.PATH;
  return new OuroborosError({
    code: "program_missing",
    message: program.includes("/")
      ? `Start "${spec.label}": the program "${program}" does not exist`
      : `Start "${spec.label}": the program "${program}" is not in any folder of PATH`,
    hint: program.includes("/")
      ? `ls -l ${program}`
      : `Install "${program}", or put its folder into PATH (searched: ${
        path || "nothing, PATH is not set"
      })`,
  });
}

function notStarted(spec: Sought, cause: unknown, detail: string, hint?: string): OuroborosError {
  return new OuroborosError({
    code: "not_started",
    message: `Start "${spec.label}": ${detail}`,
    ...(hint === undefined ? {} : { hint }),
    // Too many processes or open files just now.
    retryable: /EAGAIN|EMFILE|ENFILE|os error (?:11|23|24)\b|temporarily unavailable/i.test(
      messageOf(cause),
    ),
    cause,
  });
}
