import { type Placement, type RuntimeDefinition } from "../../lib/runtimes/mod.ts";
import { planSetup } from "../../lib/setup/plan_setup.ts";
import { planUninstall } from "../../lib/setup/plan_uninstall.ts";
import type { SetupAround, SetupPlan } from "../../lib/setup/setup_plan.ts";
import { applyTransaction } from "../../lib/setup/write/apply_transaction.ts";
import { decodeReceipt, type InstallReceipt } from "../../lib/setup/write/install_receipt.ts";
import { createSkills } from "../../lib/skills/skills.ts";
import { fileTree } from "./file_tree.ts";

/** What a test's setup may say otherwise than a usual one. */
export interface PlannedOptions {
  approve?: boolean;
  backend?: string | null;
  around?: Partial<SetupAround>;
}

/** A home in which hosts are set up and taken out as the program does it. */
export class PlannedHome {
  readonly root: string;
  readonly home: string;
  readonly bundles: string;
  #token = 0;

  /** `folder` is a test's own; the home and the bundles are made in it. */
  constructor(folder: string) {
    this.home = `${folder}/home`;
    this.bundles = `${folder}/bundles`;
    this.root = `${this.home}/.ouroboros`;
  }

  /** Makes the folders, and bundles of these names; the first has files beside its `SKILL.md`. */
  async make(names: readonly string[] = ["run", "help"]): Promise<this> {
    await Deno.mkdir(this.home, { recursive: true });
    await Deno.mkdir(this.bundles);
    for (const [index, name] of names.entries()) {
      const text = `---\nname: ${name}\ndescription: Does ${name}\n---\n\nSee skill \`help\`.\n`;
      await this.write(`${this.bundles}/${name}/SKILL.md`, text);
      if (index > 0) continue;
      await this.write(`${this.bundles}/${name}/references/facts.md`, "# Facts\n");
      await this.write(`${this.bundles}/${name}/scripts/go.sh`, "#!/bin/sh\n");
      await Deno.chmod(`${this.bundles}/${name}/scripts/go.sh`, 0o755);
    }
    return this;
  }

  /** Writes a file with the folders above it; a path that is not absolute is below the home. */
  async write(path: string, text: string | Uint8Array): Promise<void> {
    const full = path.startsWith("/") ? path : `${this.home}/${path}`;
    await Deno.mkdir(full.slice(0, full.lastIndexOf("/")), { recursive: true });
    if (typeof text === "string") await Deno.writeTextFile(full, text);
    else await Deno.writeFile(full, text);
  }

  /** The receipt; null where there is none. */
  async receipt(): Promise<InstallReceipt | null> {
    const path = `${this.root}/install.json`;
    const bytes = await Deno.readFile(path).catch(() => null);
    return bytes === null ? null : decodeReceipt(bytes, path);
  }

  async around(parts: Partial<SetupAround> = {}): Promise<SetupAround> {
    return {
      home: this.home,
      root: this.root,
      configFile: `${this.root}/config.yaml`,
      variable: () => undefined,
      launcher: ["/opt/ouroboros/ouroboros", "mcp", "serve"],
      forwarded: ["API_KEY", "HTTPS_PROXY"],
      bundles: await createSkills({ dir: this.bundles }).list(),
      bundlesDir: this.bundles,
      tools: ["ouroboros_session_status", "ouroboros_doctor"],
      version: "1.0.0",
      at: new Date().toISOString(),
      receipt: await this.receipt(),
      ...parts,
    };
  }

  async plan(
    definitions: readonly RuntimeDefinition[],
    options: PlannedOptions = {},
  ): Promise<SetupPlan> {
    const hosts = definitions.map((definition) => ({
      definition,
      program: `/usr/bin/${definition.id}`,
      approve: options.approve ?? false,
    }));
    return await planSetup(await this.around(options.around), {
      hosts,
      backend: options.backend ?? null,
    });
  }

  async setUp(
    definitions: readonly RuntimeDefinition[],
    options: PlannedOptions = {},
  ): Promise<SetupPlan> {
    return await this.apply(await this.plan(definitions, options));
  }

  /** `own`: nothing is left afterwards, so our own part goes too. */
  async takeOut(
    definitions: readonly RuntimeDefinition[],
    options: { own: boolean; around?: Partial<SetupAround> },
  ): Promise<SetupPlan> {
    const { own, around } = options;
    const wanted = { hosts: definitions, own, force: false };
    return await this.apply(await planUninstall(await this.around(around), wanted));
  }

  async apply(plan: SetupPlan): Promise<SetupPlan> {
    const { root } = this;
    const { changes, emptied, ours } = plan;
    const token = (++this.#token).toString(16).padStart(8, "0");
    await applyTransaction({ root, changes, emptied, ours }, { token });
    return plan;
  }

  async tree(): Promise<Record<string, string>> {
    return await fileTree(this.home);
  }

  /** A host's file below its folder, where nothing moves it. */
  hostFile({ home }: Placement, path: string): string {
    const parts = `${this.home}/${home.path}/${path}`.split("/");
    const up = parts.indexOf("..");
    return (up === -1 ? parts : parts.toSpliced(up - 1, 2)).join("/");
  }

  /** The file with a host's entry, where there is none yet. */
  entryFile(placement: Placement): string {
    return this.hostFile(placement, placement.mcp.files[0]!);
  }
}
