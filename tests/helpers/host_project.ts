import { join } from "@std/path";
import { type SdkHost, sdkHost, type SdkHostAt } from "./sdk_host.ts";
import { tempDir } from "./temp_dir.ts";

/** A project, and hosts in it. */
export interface HostProject {
  home: string;
  cwd: string;
  /** Starts a host there; it ends with the project. */
  open(at: Omit<SdkHostAt, "home" | "cwd">): Promise<SdkHost>;
}

/** A home and a project with some files, for as long as `body` takes. */
export async function inHostProject(
  files: Readonly<Record<string, string>>,
  body: (project: HostProject) => Promise<void>,
): Promise<void> {
  await using dir = await tempDir();
  const [home, cwd] = [join(dir.path, "home"), join(dir.path, "project")];
  for (const path of [home, cwd]) await Deno.mkdir(path);
  for (const [name, text] of Object.entries(files)) {
    await Deno.writeTextFile(join(cwd, name), text);
  }
  const hosts: SdkHost[] = [];
  const open: HostProject["open"] = async (at) => {
    const host = await sdkHost({ ...at, home, cwd });
    hosts.push(host);
    return host;
  };
  try {
    await body({ home, cwd, open });
  } finally {
    for (const host of hosts) await host.close();
  }
}

/** A test with hosts of the package's own client. */
export function hostTest(name: string, fn: () => Promise<void>): void {
  // The client leaves a timer behind at its close, of two seconds and let go of.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}
