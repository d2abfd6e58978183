/**
 * Processes whose environment, working folder or command line names `word` (a folder of one test,
 * say), one line each: pid and command, of which `most` characters. Ourselves and zombies left out.
 */
export async function processesIn(word: string, most = 120): Promise<string[]> {
  return Deno.build.os === "linux" ? await fromProc(word, most) : await fromPs(word, most);
}

/** Like {@link processesIn}, looked at again until there are none or `withinMs` have passed. */
export async function goneWithin(word: string, withinMs: number): Promise<string[]> {
  const deadline = Date.now() + withinMs;
  while (true) {
    const left = await processesIn(word);
    if (left.length === 0 || Date.now() > deadline) return left;
    await new Promise((done) => setTimeout(done, 100));
  }
}

async function fromProc(word: string, most: number): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name) || Number(name) === Deno.pid) continue;
    const read = (file: string) => Deno.readTextFile(`/proc/${name}/${file}`).catch(() => "");
    const cwd = await Deno.readLink(`/proc/${name}/cwd`).catch(() => "");
    const command = (await read("cmdline")).replaceAll("\0", " ").trim();
    // A zombie has neither: it is dead, and waits for whoever reaps it.
    if (cwd === "" && command === "") continue;
    const text = [cwd, command, await read("environ")].join("\0");
    if (text.includes(word)) found.push(`${name} ${command.slice(0, most)}`);
  }
  return found;
}

async function fromPs(word: string, most: number): Promise<string[]> {
  const { stdout } = await new Deno.Command("ps", { args: ["-axEww", "-o", "pid=,command="] })
    .output();
  return new TextDecoder().decode(stdout).split("\n")
    .map((line) => line.trim())
    .filter((line) => line.includes(word) && !line.startsWith(`${Deno.pid} `))
    .map((line) => line.slice(0, most + 20));
}
