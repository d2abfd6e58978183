import { messageOf, OuroborosError } from "../kernel/error.ts";
import type { ChildSpec } from "./child.ts";
import { childLaunch, type Launch } from "./child_env.ts";

/**
 * Starts the process of a child: a group and session of its own, its environment and no other,
 * stdin at its end or a pipe. Throws OuroborosError: program_missing, not_found (the folder),
 * not_started.
 */
export async function spawnChild(
  spec: Pick<ChildSpec, "argv" | "cwd" | "env" | "stdin" | "label">,
  ours: Readonly<Record<string, string>>,
): Promise<Deno.ChildProcess> {
  const launch = childLaunch(spec.argv, spec.env, ours);
  // A shell between us and the program would turn a missing program into an exit code.
  if (!launch.clearEnv && await findProgram(spec) === undefined) throw programMissing(spec);
  try {
    return command(launch, spec).spawn();
  } catch (cause) {
    throw await startError(spec, cause);
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

async function startError(spec: Sought, cause: unknown): Promise<OuroborosError> {
  const program = spec.argv[0];
  if (cause instanceof Deno.errors.NotFound) {
    const folder = await Deno.stat(spec.cwd).catch(() => undefined);
    if (folder === undefined) {
      return new OuroborosError({
        code: "not_found",
        message: `Start "${spec.label}": the folder "${spec.cwd}" does not exist`,
        cause,
      });
    }
    const found = await findProgram(spec);
    if (found === undefined) return programMissing(spec, cause);
    return notStarted(spec, cause, `"${found}" names an interpreter that does not exist`);
  }
  if (cause instanceof Deno.errors.PermissionDenied) {
    return notStarted(spec, cause, `"${program}" may not be executed`, `chmod +x ${program}`);
  }
  return notStarted(spec, cause, messageOf(cause));
}

function programMissing(spec: Sought, cause?: unknown): OuroborosError {
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
    cause,
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

/** The file that a program's name stands for, looked up as the system does. */
async function findProgram(spec: Sought): Promise<string | undefined> {
  const program = spec.argv[0];
  if (program.includes("/")) {
    const path = program.startsWith("/") ? program : `${spec.cwd}/${program}`;
    return await isFile(path) ? path : undefined;
  }
  for (const folder of (spec.env.values.PATH ?? "").split(":")) {
    if (folder !== "" && await isFile(`${folder}/${program}`)) return `${folder}/${program}`;
  }
  return undefined;
}

async function isFile(path: string): Promise<boolean> {
  return (await Deno.stat(path).catch(() => undefined))?.isFile ?? false;
}
