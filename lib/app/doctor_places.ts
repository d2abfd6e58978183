import { dirname } from "@std/path";
import { messageOf } from "../kernel/error.ts";
import type { App } from "./app.ts";
import { exists, type Finding } from "./doctor.ts";
import { runIds } from "./find_run.ts";
import { hasHome } from "./require_home.ts";

/** Our folder, the configuration and the journal: where they are, and what is wrong there. */
export async function placeFindings(app: App): Promise<Finding[]> {
  const { paths } = app;
  const { config, warnings } = await app.config();
  const problem = await unusableRoot(app);
  const findings: Finding[] = [
    {
      level: problem === undefined ? "ok" : "bad",
      text: `our folder: ${paths.root} (from ${paths.rootFrom})${
        problem === undefined ? "" : `: ${problem}`
      }`,
      ...(problem === undefined ? {} : {
        hint: "Let HOME name your home folder, or OUROBOROS_HOME a folder that can be written",
      }),
      data: { root: paths.root, from: paths.rootFrom },
    },
    {
      level: "ok",
      text: `configuration: ${paths.config}${
        await exists(paths.config) ? "" : " (not there: defaults)"
      }`,
    },
    ...warnings.map((one): Finding => ({
      level: "note",
      text: `configuration, ${one.path}: ${one.message}`,
    })),
  ];
  if (config.runtime !== null) {
    findings.push({ level: "ok", text: `configured runtime: ${config.runtime}` });
  }
  if (!await exists(paths.journal)) {
    findings.push({
      level: "ok",
      text: `journal: ${paths.journal} (made by the first run)`,
    });
  } else {
    const ids = await runIds(await app.journal(), 100_000);
    findings.push({
      level: "ok",
      text: `journal: ${paths.journal}, ${ids.length} ${ids.length === 1 ? "run" : "runs"}`,
    });
  }
  if (await exists(paths.originalDatabase)) {
    findings.push({
      level: "note",
      text: `${paths.originalDatabase} belongs to the Python program; it is left as it is`,
    });
  }
  return findings;
}

/** A disk may have room for a name, and none for what is in the file. */
const PROBE_BYTES = 65_536;

/** Why nothing can be kept in our folder; undefined where it can. */
async function unusableRoot(app: App): Promise<string | undefined> {
  const { home, root, rootFrom } = app.paths;
  if (rootFrom === "HOME" && !await hasHome(app)) return `the home folder "${home}" does not exist`;
  let folder = root;
  while (!await exists(folder) && dirname(folder) !== folder) folder = dirname(folder);
  try {
    // Modes do not tell of a disk that is mounted to read only, or full: a file does.
    const probe = await Deno.makeTempFile({ dir: folder, prefix: ".ouroboros-probe-" });
    try {
      await Deno.writeFile(probe, new Uint8Array(PROBE_BYTES));
    } finally {
      await Deno.remove(probe);
    }
    return undefined;
  } catch (error) {
    // What is not there as soon as it is looked at is a place of the system's own.
    const none = error instanceof Deno.errors.NotCapable || error instanceof Deno.errors.NotFound;
    const why = none
      ? "no file can be made in that place"
      : messageOf(error).replace(/ \(os error.*|: .*/s, "");
    return `nothing can be written there: ${why}`;
  }
}
