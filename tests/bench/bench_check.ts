import { writeFiles } from "../helpers/git_project.ts";
import { type BenchRow, ms, timeInTurns } from "./bench_row.ts";

/** Seconds that the check of each row takes by itself. */
const ROWS = [{ seconds: 0, turns: 11 }, { seconds: 2, turns: 5 }] as const;

/** `ouroboros check` of the head alone against the same command by hand, in a project of 200 files. */
export async function benchCheck(at: { ours: string; dir: string }): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const { seconds, turns } of ROWS) {
    const project = `${at.dir}/${seconds}`;
    await makeProject(project, `sleep ${seconds}`);
    const start = (program: string, args: readonly string[]) => async () => {
      const { success, stderr } = await new Deno.Command(program, {
        args: [...args],
        cwd: project,
        clearEnv: true,
        env: { HOME: project, PATH: Deno.env.get("PATH") ?? "" },
        stdin: "null",
      }).output();
      if (!success) throw new Error(new TextDecoder().decode(stderr));
    };
    const ours = start(at.ours, ["check", "seed.json"]);
    await ours();
    const byHand = start("sh", ["-c", `sleep ${seconds}`]);
    const { oursMs, referenceMs } = await timeInTurns(turns, ours, byHand);
    const mostMs = 1.1 * referenceMs + 100;
    rows.push({
      what: `\`ouroboros check\`, head only, a check of ${seconds} s`,
      ours: ms(oursMs),
      reference: `by hand: ${ms(referenceMs)}`,
      ratio: seconds === 0 ? null : oursMs / referenceMs,
      aim: seconds === 0 ? "none: the plain price" : "at most 1.1x + 100 ms",
      met: seconds === 0 ? null : oursMs <= mostMs,
    });
  }
  return rows;
}

async function makeProject(project: string, check: string): Promise<void> {
  const files = Array.from({ length: 200 }, (_, index) => [`src/${index}.txt`, `${index}\n`]);
  const seed = { goal: "Bench", acceptance_criteria: [{ description: "It ends", check }] };
  await Deno.mkdir(project, { recursive: true });
  await writeFiles(project, { ...Object.fromEntries(files), "seed.json": JSON.stringify(seed) });
  const who = ["-c", "user.name=A", "-c", "user.email=a@b"];
  for (
    const args of [["init", "-q"], ["add", "-A"], [...who, "commit", "-q", "-m", "start"]]
  ) {
    const { success } = await new Deno.Command("git", { args, cwd: project }).output();
    if (!success) throw new Error(`git ${args.join(" ")}`);
  }
}
