import { durationMs } from "../kernel/duration.ts";
import { type Permission, PERMISSIONS } from "../kernel/runtime_event.ts";
import type { RuntimeDefinition, RuntimeLimits } from "../runtimes/mod.ts";
import type { Chooser } from "./chooser.ts";
import type { ConfigFlags, RuntimeSettings } from "./config.ts";
import { expandHome } from "./paths.ts";
import { permissionOf } from "./permission_word.ts";

/** Variables that set the permission of every runtime, the first that is set counts. */
export const PERMISSION_ENV = ["OUROBOROS_PERMISSION", "OUROBOROS_AGENT_PERMISSION_MODE"] as const;

/** Settings of one runtime; `flags` are those that are meant for it. */
export function runtimeSettings(
  definition: RuntimeDefinition,
  chooser: Chooser,
  flags: ConfigFlags,
  home: string,
): RuntimeSettings {
  const { id } = definition;
  // What is part of this program has no program and no model of its own.
  const external = definition.binary.kind === "external";
  const variable = `OUROBOROS_${id.replaceAll("-", "_").toUpperCase()}`;
  const text = (value: unknown) => ({ value: String(value) });
  return {
    path: chooser.choose<string | null>({
      key: `runtimes.${id}.path`,
      env: external ? [`${variable}_CLI_PATH`] : [],
      file: external ? [["runtimes", id, "path"], ["orchestrator", `${id}_cli_path`]] : [],
      defaultValue: null,
      read: (written) => ({ value: expandHome(String(written), home) }),
    }),
    permission: chooser.choose<Permission>({
      key: `runtimes.${id}.permission`,
      flag: { name: "--permission", value: flags.permission },
      env: [
        `${variable}_PERMISSION`,
        `${variable}_PERMISSION_MODE`,
        ...PERMISSION_ENV,
      ],
      file: [["runtimes", id, "permission"], ["run", "permission"]],
      defaultValue: "edit",
      read: (written, remark) => {
        const found = permissionOf(String(written));
        if (found === null) {
          return { problem: `must be one of ${PERMISSIONS.join(", ")}, is "${written}"` };
        }
        if (found.remark) remark(found.remark);
        return { value: found.permission };
      },
    }),
    model: chooser.choose<string | null>({
      key: `runtimes.${id}.model`,
      flag: { name: "--model", value: flags.model },
      env: external ? [`${variable}_MODEL`] : [],
      file: external ? [["runtimes", id, "model"]] : [],
      defaultValue: null,
      read: text,
    }),
    limits: limitsOf(definition, chooser),
  };
}

/** A runtime's limits: its own in the file, those for all, its definition's. */
function limitsOf(definition: RuntimeDefinition, chooser: Chooser): RuntimeLimits {
  const { id, limits } = definition;
  const one = (
    key: string,
    defaultValue: number,
    convert: (written: string | number) => number | null,
  ) =>
    chooser.choose<number>({
      key: `runtimes.${id}.limits.${key}`,
      file: [["runtimes", id, "limits", key], ["limits", key]],
      defaultValue,
      read: (written) => {
        const value = convert(written as string | number);
        return value === null || value <= 0 ? { problem: "must be more than 0" } : { value };
      },
    });
  return {
    ...limits,
    startMs: one("start", limits.startMs, durationMs),
    idleMs: one("idle", limits.idleMs, durationMs),
    totalMs: one("total", limits.totalMs, durationMs),
    parallel: one("parallel", limits.parallel, Number),
    outputBytes: one("output_bytes", limits.outputBytes, Number),
  };
}
