import { OuroborosError } from "../kernel/error.ts";
import type { HostPlaces } from "../runtimes/mod.ts";
import { foldersToMake, readTarget } from "./write/target.ts";

type MovedPlace = HostPlaces["moved"][number];

/** What people should know of places that a variable moved, a line for each variable. */
export function movedNotes({ moved }: HostPlaces): string[] {
  return moved.map(({ name, kind, moved }) =>
    `Moved by ${name}: its ${
      kind === "folder" ? "folder" : "configuration file with the server"
    } is "${moved}"`
  );
}

/**
 * What is wrong with the variables that move a host's places: one that holds no absolute path, or
 * that names what cannot be a folder or a file. Who set it may not know of it any more, so each
 * names the variable, and what to type is about that: whatever it leads to is somebody's, and is
 * not to be moved away. Reads files, and changes none.
 */
export async function movedTroubles(
  title: string,
  { moved, relative }: HostPlaces,
): Promise<OuroborosError[]> {
  const led = await Promise.all(moved.map(troubleAt));
  return [...relative.map((one) => notAbsolute(title, one)), ...led.flatMap((one) => one ?? [])];
}

function notAbsolute(
  title: string,
  { name, value }: { name: string; value: string },
): OuroborosError {
  return new OuroborosError({
    code: "host_file_unusable",
    message: `Follow ${name}: "${value}" is not an absolute path, and ${title} and this program ` +
      "may not take it for the same place",
    hint: `${exported(name, value)}unset ${name}`,
  });
}

/** The line that sets a variable to what was meant, where that can be told and typed. */
function exported(name: string, value: string): string {
  if (!/^[\w./~+@ -]+$/.test(value) || /^~[^/]/.test(value)) return "";
  const absolute = value.startsWith("~")
    ? `$HOME${value.slice(1)}`
    : `$PWD/${value.replace(/^\.\//, "")}`;
  return `export ${name}="${absolute}", or `;
}

async function troubleAt({ name, path, kind }: MovedPlace): Promise<OuroborosError | undefined> {
  try {
    if (kind === "file") await readTarget(path);
    // The folder may be missing, and so may some above it.
    else await foldersToMake([`${path}/any`]);
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof OuroborosError)) throw thrown;
    // What is wrong may be wrong above it already.
    const value = thrown.message.includes(`"${path}"`) ? "" : ` to "${path}"`;
    return new OuroborosError({
      code: thrown.code,
      message: `Follow ${name}${value}: ${thrown.message}`,
      hint: `unset ${name}, or set it to a ${kind} that this program may change`,
      cause: thrown,
    });
  }
}
