import { type BenchRow, ratioRow, timeInTurns } from "./bench_row.ts";

/** Starts of the program against a bare compiled one that prints a line. */
export async function benchStart(programs: {
  ours: string;
  hello: string;
  home: string;
}): Promise<BenchRow[]> {
  const start = (program: string, args: string[]) => async () => {
    const { success, stderr } = await new Deno.Command(program, {
      args,
      cwd: programs.home,
      clearEnv: true,
      env: { HOME: programs.home, PATH: Deno.env.get("PATH") ?? "" },
      stdin: "null",
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
  };
  const hello = start(programs.hello, []);
  const rows: BenchRow[] = [];
  for (const [args, most] of [[["--version"], 1.3], [["runtimes", "--json"], 2]] as const) {
    const ours = start(programs.ours, [...args]);
    await ours();
    await hello();
    const times = await timeInTurns(21, ours, hello);
    const reference = "compiled hello";
    rows.push(ratioRow(`\`ouroboros ${args.join(" ")}\``, { ...times, reference, most }));
  }
  return rows;
}
