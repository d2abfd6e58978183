import type { ChildSpec } from "./child.ts";

/** What a program's name stands for. */
export type FoundProgram =
  | { kind: "found"; path: string }
  /** There is such a file, and it may not be executed. */
  | { kind: "not_executable"; path: string }
  | { kind: "missing" };

/**
 * Looks a program up: a bare name in the absolute folders of the child's own PATH (an empty or
 * relative one would let the work folder choose the program), a path from the child's folder.
 * Windows keeps its own rules: there a name is given to the system as it is.
 */
export function findProgram(spec: Pick<ChildSpec, "argv" | "cwd" | "env">): FoundProgram {
  const [program] = spec.argv;
  if (Deno.build.os === "windows") return { kind: "found", path: program };
  if (program.includes("/")) {
    return look(program.startsWith("/") ? program : `${spec.cwd}/${program}`);
  }
  let refused: FoundProgram = { kind: "missing" };
  for (const folder of (spec.env.values.PATH ?? "").split(":")) {
    if (program === "" || !folder.startsWith("/")) continue;
    const found = look(`${folder}/${program}`);
    if (found.kind === "found") return found;
    if (found.kind === "not_executable" && refused.kind === "missing") refused = found;
  }
  return refused;
}

function look(path: string): FoundProgram {
  let info: Deno.FileInfo;
  try {
    info = Deno.statSync(path);
  } catch {
    return { kind: "missing" };
  }
  if (!info.isFile) return { kind: "missing" };
  return { kind: (info.mode ?? 0) & 0o111 ? "found" : "not_executable", path };
}
