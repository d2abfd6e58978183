/**
 * Starts a compiled program from an empty folder with an empty home and gives the version that it
 * prints. Throws when anything is wrong with that, or when it left a file in either folder.
 */
export async function smoke(program: string): Promise<string> {
  const path = await Deno.realPath(program);
  const work = await Deno.makeTempDir({ prefix: "ouroboros_smoke_" });
  try {
    for (const name of ["home", "cwd", "tmp"]) await Deno.mkdir(`${work}/${name}`);
    const { success, stdout, stderr } = await new Deno.Command(path, {
      args: ["--version"],
      cwd: `${work}/cwd`,
      clearEnv: true,
      env: { HOME: `${work}/home`, USERPROFILE: `${work}/home`, TMPDIR: `${work}/tmp`, PATH: "" },
      stdin: "null",
    }).output();
    const printed = new TextDecoder().decode(stdout).trim();
    const complaint = new TextDecoder().decode(stderr).trim();
    if (!success || !/^ouroboros \d+\.\d+\.\d+/.test(printed) || complaint !== "") {
      throw new Error(`Smoke run of "${program}" failed: "${printed}" "${complaint}"`);
    }
    for (const name of ["home", "cwd", "tmp"]) {
      const left = [...Deno.readDirSync(`${work}/${name}`)].map((entry) => entry.name);
      if (left.length > 0) throw new Error(`Smoke run left in its ${name}: ${left.join(", ")}`);
    }
    return printed;
  } finally {
    await Deno.remove(work, { recursive: true });
  }
}
