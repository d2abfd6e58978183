import { createProcesses } from "../../lib/process/processes.ts";
import { gitRunner } from "../../lib/workspace/git_runner.ts";
import { createRunWorkspace } from "../../lib/workspace/open_workspace.ts";
import { realRandom } from "../helpers/real_ports.ts";
import { type BenchRow, median, ratioRow, timed } from "./bench_row.ts";

const FOLDERS = 500;
const FILES = 100;

/** Base snapshot and a throw-away checkout of 50,000 files, against git's own status and checkout. */
export async function benchWorkspace(dir: string): Promise<BenchRow[]> {
  const project = `${dir}/project`;
  const processes = createProcesses({ depth: 0, chain: [], random: realRandom });
  const env = { PATH: Deno.env.get("PATH") ?? "", HOME: dir };
  const git = gitRunner(processes, env);
  await makeProject(project, env);
  const taken: Record<"snapshot" | "status" | "checkout" | "clone", number[]> = {
    snapshot: [],
    status: [],
    checkout: [],
    clone: [],
  };
  for (let turn = 0; turn < 5; turn++) {
    const workspace = await createRunWorkspace({
      git,
      dir: `${dir}/run_${turn}`,
      project,
      carry: { paths: [] },
      now: () => new Date(),
    });
    taken.status.push(await timed(() => run(["status", "--porcelain"], project, env)));
    let tree = "";
    taken.snapshot.push(
      await timed(async () => {
        tree = (await workspace.snapshot({})).tree;
      }),
    );
    await run(["clone", "-q", "-n", "-s", project, `${dir}/clone_${turn}`], dir, env);
    taken.clone.push(
      await timed(() => run(["checkout", "-q", "main"], `${dir}/clone_${turn}`, env)),
    );
    taken.checkout.push(
      await timed(async () => await (await workspace.checkout(tree, "bench")).release()),
    );
    await workspace.discard();
    await Deno.remove(`${dir}/clone_${turn}`, { recursive: true });
  }
  await processes.close();
  const files = (FOLDERS * FILES).toLocaleString("en");
  return [
    ratioRow(`Base snapshot of ${files} files`, {
      oursMs: median(taken.snapshot),
      referenceMs: median(taken.status),
      reference: "git status",
      most: 3,
    }),
    ratioRow(`Checkout of ${files} files`, {
      oursMs: median(taken.checkout),
      referenceMs: median(taken.clone),
      reference: "git checkout",
      most: 2,
    }),
  ];
}

type Env = Readonly<Record<string, string>>;

async function makeProject(project: string, env: Env): Promise<void> {
  for (let folder = 0; folder < FOLDERS; folder++) {
    const path = `${project}/folder_${folder}`;
    await Deno.mkdir(path, { recursive: true });
    for (let file = 0; file < FILES; file++) {
      Deno.writeTextFileSync(`${path}/file_${file}.txt`, `${folder} ${file}\n`.repeat(20));
    }
  }
  await run(["init", "-q", "-b", "main"], project, env);
  await run(["add", "-A"], project, env);
  const identity = ["-c", "user.name=Bench", "-c", "user.email=bench@example.com"];
  await run([...identity, "commit", "-q", "-m", "Start"], project, env);
  Deno.writeTextFileSync(`${project}/folder_0/file_0.txt`, "changed\n");
  Deno.writeTextFileSync(`${project}/new.txt`, "new\n");
}

async function run(args: string[], cwd: string, env: Env): Promise<void> {
  const { success, stderr } = await new Deno.Command("git", {
    args,
    cwd,
    env: { ...env },
    stdin: "null",
  }).output();
  if (!success) throw new Error(`git ${args[0]}: ${new TextDecoder().decode(stderr)}`);
}
