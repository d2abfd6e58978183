import { CONFIG_VERSION } from "../config/migrate_config.ts";
import { expandHome } from "../config/paths.ts";
import type { Plain } from "./edit/plain.ts";
import type { ShownFile } from "./host_work.ts";
import type { PartId, SetupDraft } from "./setup_draft.ts";
import type { SetupAround, WantedHost } from "./setup_plan.ts";

/**
 * Plans our configuration: where each host's program is, and which runtime works, where one was
 * named. Everything else in it stays. Gives the file as it is to be shown.
 */
export async function planConfig(
  draft: SetupDraft,
  around: SetupAround,
  wanted: { hosts: readonly WantedHost[]; backend: string | null },
): Promise<ShownFile> {
  const { hosts, backend } = wanted;
  const file = { path: around.configFile, format: "yaml" as const };
  const keys: string[] = [];
  const set = async (
    part: PartId,
    path: readonly string[],
    value: string,
    fits: (there: Plain) => boolean,
  ) => {
    keys.push(path.join("."));
    const entry = await draft.entry(file, path);
    if (entry === undefined) return;
    if (!entry.ok) return draft.problem(file.path, entry.problem);
    if (entry.state === "present" && fits(entry.value)) return;
    await draft.edit(part, file, [{ op: "set", path, value }]);
  };
  // A file without it is one of the Python original's, and is read as such.
  if (await draft.bytes(file.path) === null) {
    await draft.edit(null, file, [{ op: "set", path: ["version"], value: CONFIG_VERSION }]);
  }
  for (const { definition, program } of hosts) {
    // The other name of the setting counts before ours where it stands in the file.
    const other = ["runtimes", definition.id, "path"];
    const there = await draft.entry(file, other);
    await set(
      definition.id,
      there?.ok && there.state === "present"
        ? other
        : ["orchestrator", `${definition.id}_cli_path`],
      program,
      (there) => typeof there === "string" && namesProgram(there, program, around.home),
    );
  }
  if (backend !== null) {
    const names = [
      backend,
      ...hosts.find((one) => one.definition.id === backend)?.definition
        .aliases ?? [],
    ];
    await set(
      null,
      ["orchestrator", "runtime_backend"],
      backend,
      (there) => typeof there === "string" && names.includes(there.trim().toLowerCase()),
    );
  }
  return { path: file.path, what: keys.join(", ") };
}

/** Whether what stands in the file leads to that program already, in the user's own words. */
function namesProgram(written: string, program: string, home: string): boolean {
  return expandHome(written, home) === program || program.endsWith(`/${written}`);
}
