import { documentPath, type DocumentProblem } from "../kernel/document_problem.ts";
import { nearestName } from "../kernel/nearest_name.ts";
import type { Registry } from "../runtimes/mod.ts";
import { ORIGINAL_ORCHESTRATOR_KEYS, ORIGINAL_SECTIONS } from "./original_keys.ts";

const RUN = ["attempts", "minutes", "max_tokens", "max_usd", "jobs", "wait", "permission"];
const LIMITS = ["start", "idle", "total", "parallel", "output_bytes"];
const SETTINGS = ["path", "model", "permission", "limits"];
/** Of a runtime that is part of this program. */
const EMBEDDED_SETTINGS = ["permission", "limits"];

/** A warning for each key that this version does not know, with the nearest that it knows. */
export function unknownConfigKeys(
  document: Readonly<Record<string, unknown>>,
  registry: Registry,
): DocumentProblem[] {
  const warnings: DocumentProblem[] = [];
  const look = (
    path: readonly string[],
    known: readonly string[],
    silent: readonly string[] = [],
  ) => {
    const value = path.reduce<unknown>((inner, key) => mapping(inner)?.[key], document);
    for (const key of Object.keys(mapping(value) ?? {})) {
      if (known.includes(key) || silent.includes(key)) continue;
      const near = nearestName(key, known);
      const question = near ? `; did you mean "${near}"?` : "";
      warnings.push({
        path: documentPath([...path, key]),
        message: `is not known to this version, and not acted on${question}`,
      });
    }
  };
  look(
    [],
    ["version", "orchestrator", "llm", "runtimes", "run", "limits", "env"],
    ORIGINAL_SECTIONS,
  );
  const modes = registry.all.map((one) => `${one.id}_permission_mode`);
  look(["orchestrator"], ["runtime_backend", "runtime", ...registry.configKeys()], [
    ...ORIGINAL_ORCHESTRATOR_KEYS,
    ...modes,
    "permission_mode",
  ]);
  look(["runtimes"], registry.ids);
  for (const { id, binary } of registry.all) {
    look(["runtimes", id], binary.kind === "external" ? SETTINGS : EMBEDDED_SETTINGS);
    look(["runtimes", id, "limits"], LIMITS);
  }
  look(["run"], RUN);
  look(["limits"], LIMITS);
  look(["env"], ["pass"]);
  look(["env", "pass"], ["agents", "checks"]);
  return warnings;
}

function mapping(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as Record<string, unknown>
    : null;
}
