/** Room that is wanted there, in kB: several benches at once lie in it, builds among them. */
const WANTED_KB = 4_000_000;

let known: Promise<string | undefined> | undefined;

/**
 * A folder in memory in which a bench may lie: a run makes and removes hundreds of small files, and a
 * third of its time is waiting for the disk. Undefined where the system has none, little room in it,
 * or starts no program from there. Not for whoever starts the program with its own permissions: they
 * close all below `/dev`.
 */
export function memoryPlace(): Promise<string | undefined> {
  return known ??= find();
}

async function find(): Promise<string | undefined> {
  const dir = "/dev/shm";
  const path = await Deno.makeTempDir({ dir, prefix: "ouroboros-place-" }).catch(() => undefined);
  if (path === undefined) return undefined;
  try {
    const script = `printf '#!/bin/sh\\n' >x && chmod +x x && ./x && df -Pk .`;
    const tried = await new Deno.Command("sh", { args: ["-c", script], cwd: path }).output();
    const printed = new TextDecoder().decode(tried.stdout);
    const freeKb = Number(/^\S+ +\d+ +\d+ +(\d+)/m.exec(printed)?.[1] ?? 0);
    return tried.success && freeKb >= WANTED_KB ? dir : undefined;
  } finally {
    await Deno.remove(path, { recursive: true });
  }
}
