import { REGISTRY, type RuntimeDefinition } from "../../lib/runtimes/mod.ts";
import { planSetup } from "../../lib/setup/plan_setup.ts";
import { planUninstall } from "../../lib/setup/plan_uninstall.ts";
import type { SetupAround, SetupPlan } from "../../lib/setup/setup_plan.ts";
import { applyTransaction } from "../../lib/setup/write/apply_transaction.ts";
import { decodeReceipt, receiptPath } from "../../lib/setup/write/install_receipt.ts";
import { readTarget } from "../../lib/setup/write/target.ts";
import { createSkills, type SkillBundle } from "../../lib/skills/skills.ts";
import { type Snapshot, snapshot } from "./setup_snapshot.ts";
import { tempDir } from "./temp_dir.ts";

/** Every runtime that can be set up as a host. */
export const PLACED: readonly RuntimeDefinition[] = REGISTRY.all.filter((one) => one.placement);

/** What a setup of one test differs in. */
export interface BenchSetup {
  version?: string;
  approve?: boolean;
  backend?: boolean;
  /** Names of bundles; left out: all. */
  bundles?: readonly string[];
}

/** A home folder that plans are made for and carried out in, as the use-cases do it. */
export interface UninstallBench extends AsyncDisposable {
  readonly home: string;
  readonly root: string;
  around(more?: Partial<SetupAround>): Promise<SetupAround>;
  setUp(hosts: readonly RuntimeDefinition[], how?: BenchSetup): Promise<SetupPlan>;
  plan(hosts: readonly RuntimeDefinition[], how?: { own?: boolean; force?: boolean }): Promise<
    SetupPlan
  >;
  /** Plans and carries out. */
  undo(hosts: readonly RuntimeDefinition[], how?: { own?: boolean; force?: boolean }): Promise<
    SetupPlan
  >;
  /** Writes a file below the home, with the folders that it needs. */
  write(path: string, text: string): Promise<void>;
  read(path: string): Promise<string>;
  snapshot(): Promise<Snapshot>;
}

const SKILLS = new URL("../../skills", import.meta.url).pathname;
let bundles: Promise<SkillBundle[]> | undefined;
let tokens = 0;

/** Makes a bench with an empty home. */
export async function uninstallBench(): Promise<UninstallBench> {
  const dir = await tempDir();
  const home = `${dir.path}/home`;
  const root = `${home}/.ouroboros`;
  await Deno.mkdir(home);
  bundles ??= createSkills({ dir: SKILLS }).list();
  const all = await bundles;
  const around = async (more: Partial<SetupAround> = {}): Promise<SetupAround> => {
    const { bytes } = await readTarget(receiptPath(root));
    return {
      home,
      root,
      configFile: `${root}/config.yaml`,
      variable: () => undefined,
      launcher: ["/opt/ouroboros", "mcp", "serve"],
      forwarded: ["_OUROBOROS_DEPTH", "SOME_API_KEY"],
      bundles: all,
      bundlesDir: SKILLS,
      tools: ["ouroboros_session_status", "ouroboros_doctor"],
      version: "0.1.0",
      at: "2026-01-02T03:04:05.000Z",
      receipt: bytes === null ? null : decodeReceipt(bytes, receiptPath(root)),
      ...more,
    };
  };
  const apply = async (plan: SetupPlan) => {
    if (plan.unchanged) return plan;
    const token = (0x10000000 + tokens++).toString(16);
    const { changes, emptied, ours } = plan;
    await applyTransaction({ root, changes, emptied, ours }, { token });
    return plan;
  };
  const bench: UninstallBench = {
    home,
    root,
    around,
    setUp: async (hosts, how = {}) => {
      const { version = "0.1.0", approve = false, backend = false } = how;
      const wanted = {
        hosts: hosts.map((definition) => ({
          definition,
          program: `/opt/${definition.id}-${version}`,
          approve,
        })),
        backend: backend ? hosts[0]!.id : null,
      };
      const launcher = [`/opt/ouroboros-${version}/ouroboros`, "mcp", "serve"];
      const chosen = all.filter((one) => how.bundles?.includes(one.name) ?? true);
      return await apply(
        await planSetup(await around({ version, launcher, bundles: chosen }), wanted),
      );
    },
    plan: async (hosts, { own = false, force = false } = {}) =>
      await planUninstall(await around(), { hosts, own, force }),
    undo: async (hosts, how) => await apply(await bench.plan(hosts, how)),
    write: async (path, text) => {
      const full = `${home}/${path}`;
      await Deno.mkdir(full.slice(0, full.lastIndexOf("/")), { recursive: true });
      await Deno.writeTextFile(full, text);
    },
    read: (path) => Deno.readTextFile(`${home}/${path}`),
    snapshot: () => snapshot(home),
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
  return bench;
}
