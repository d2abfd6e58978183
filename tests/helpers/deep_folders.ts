/**
 * Makes folders within one another whose whole path is too long for the system: each part is made at
 * the top and the one before is moved into its end.
 */
export async function nestFolders(top: string, parts: number): Promise<void> {
  const inside = "/dddddddd".repeat(100);
  await Deno.mkdir(`${top}/dddddddd`);
  await Deno.writeTextFile(`${top}/dddddddd/file`, "1");
  for (let part = 0; part < parts; part++) {
    await Deno.mkdir(`${top}/part${inside}`, { recursive: true });
    await Deno.rename(`${top}/dddddddd`, `${top}/part${inside}/dddddddd`);
    await Deno.rename(`${top}/part`, `${top}/dddddddd`);
  }
}
