import { join } from "@std/path";
import { gitVersion, LOWEST_GIT } from "../workspace/git_version.ts";
import { treeBytes } from "../workspace/remove_tree.ts";
import { wayBack } from "../workspace/way_back.ts";
import { messageOf, OuroborosError } from "../kernel/error.ts";
import { lstatIfAny } from "../setup/write/file_trouble.ts";
import type { App } from "./app.ts";
import { runIds } from "./find_run.ts";
import { type FoundRuntime, listRuntimes } from "./list_runtimes.ts";
import { listSkills } from "./list_skills.ts";
import { listRuns } from "./list_runs.ts";
import { ownRunFolders } from "./own_run_folders.ts";
import { rootTrouble } from "./root_trouble.ts";

/** One thing that was found. `bad` is what stops runs; `note` is worth knowing. */
export interface Finding {
  level: "ok" | "note" | "bad";
  text: string;
  /** What to type or change. */
  hint?: string;
  /** For programs. */
  data?: Readonly<Record<string, unknown>>;
}

/** What `doctor` says. */
export interface DoctorReport {
  version: string;
  /** Whether runs can be made here: git and at least one agent are there, nothing is bad. */
  ready: boolean;
  sections: { title: string; findings: Finding[] }[];
}

/** Looks at everything that runs depend on; changes nothing, asks no model. */
export async function doctor(app: App): Promise<DoctorReport> {
  // Some agents take seconds to say their version: they are asked once.
  let asked: Promise<FoundRuntime[]> | undefined;
  const runtimes = () => asked ??= listRuntimes(app);
  const sections = [
    { title: "Program", findings: await guarded(app, () => program(app)) },
    { title: "Places", findings: await guarded(app, () => places(app)) },
    { title: "Git", findings: await guarded(app, () => git(app)) },
    { title: "Agents", findings: await guarded(app, async () => agents(await runtimes())) },
    { title: "Hosts", findings: await guarded(app, async () => hosts(app, await runtimes())) },
    { title: "Environment", findings: await guarded(app, () => environment(app)) },
    { title: "Leftovers", findings: await guarded(app, () => leftovers(app)) },
    { title: "Promises on this system", findings: promises() },
  ];
  sayOnce(sections);
  const all = sections.flatMap((one) => one.findings);
  const agent = all.some((one) => one.data?.ready === true);
  return {
    version: app.version,
    ready: agent && all.every((one) => one.level !== "bad"),
    sections,
  };
}

/** What stands in the way of several parts is told with the first of them. */
function sayOnce(sections: DoctorReport["sections"]): void {
  const said = new Set<string>();
  for (const section of sections) {
    section.findings = section.findings.map((one) =>
      one.level === "bad" && said.has(one.text)
        ? { level: "note", text: "not looked at: what is bad above stands in the way" }
        : one
    );
    for (const one of section.findings) said.add(one.text);
  }
}

/** A part that fails is a finding, not the end of the examination. */
async function guarded(app: App, examine: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await examine();
  } catch (thrown) {
    const error = await rootTrouble(app, thrown);
    const hint = error instanceof OuroborosError ? error.hint : undefined;
    return [{ level: "bad", text: messageOf(error), ...(hint === undefined ? {} : { hint }) }];
  }
}

async function program(app: App): Promise<Finding[]> {
  const skills = await listSkills(app);
  const { os, arch } = Deno.build;
  return [
    {
      level: "ok",
      text: `ouroboros ${app.version}, ${os} ${arch}, ${
        Deno.build.standalone ? "one file" : "from source"
      }: ${app.self.join(" ")}`,
      data: { os, arch, standalone: Deno.build.standalone, self: app.self },
    },
    {
      level: "ok",
      text: `${skills.length} embedded ${skills.length === 1 ? "skill" : "skills"}: ${
        skills.map((one) => one.name).join(", ")
      }`,
    },
    {
      level: "ok",
      text: "our own code may connect to this machine and to the release hosts, nothing else",
    },
  ];
}

async function places(app: App): Promise<Finding[]> {
  const { placeFindings } = await import("./doctor_places.ts");
  return await placeFindings(app);
}

async function git(app: App): Promise<Finding[]> {
  const found = await gitVersion(app.git, app.cwd);
  if (found.enough) return [{ level: "ok", text: `git ${found.version}` }];
  return [{
    level: "bad",
    text: `git ${found.version} is too old: at least ${LOWEST_GIT} is needed`,
    hint: "Install a newer git",
  }];
}

function agents(runtimes: readonly FoundRuntime[]): Finding[] {
  const found = runtimes.filter((one) => one.status !== "built in");
  const findings = found.map((one): Finding => {
    const data = {
      id: one.id,
      path: one.path,
      version: one.version,
      ready: one.status === "ready",
    };
    if (one.status === "missing") {
      return { level: "note", text: `${one.title}: not here`, hint: one.install ?? "", data };
    }
    if (one.path === null) {
      const hint = `ouroboros setup --runtime ${one.id}`;
      return { level: "note", text: `${one.title}: ${one.problem}`, hint, data };
    }
    const what = `${one.title} ${one.version ?? ""} (${one.path}, from ${one.pathFrom})`;
    if (one.status !== "ready") {
      const why = one.problem ?? `at least ${one.lowestVersion} is needed`;
      return {
        level: "note",
        text: `${what} is ${one.status}: ${why}`,
        hint: one.install ?? "",
        data,
      };
    }
    if (one.signIn !== "not signed in") {
      return { level: "ok", text: `${what}, ${signIn(one.signIn)}`, data };
    }
    return { level: "note", text: `${what}, not signed in`, hint: one.signInCommand ?? "", data };
  });
  if (found.every((one) => one.status !== "ready")) {
    findings.push({ level: "note", text: "no agent can be used yet", hint: "ouroboros demo" });
  }
  return findings;
}

async function hosts(app: App, runtimes: readonly FoundRuntime[]): Promise<Finding[]> {
  const { hostFindings } = await import("./doctor_hosts.ts");
  return await hostFindings(app, runtimes);
}

function signIn(state: "signed in" | "unknown"): string {
  return state === "unknown" ? "sign-in unknown until it is used" : state;
}

async function environment(app: App): Promise<Finding[]> {
  const { config } = await app.config();
  const depth = app.environment.get("_OUROBOROS_DEPTH");
  // Hosts strip what they hand to our server: what an agent misses there shows here, by name.
  const names = Object.keys(app.environment.pick(app.registry.allowedEnvNames())).sort();
  return [
    {
      level: "ok",
      text: `variables of the agents that arrive here: ${names.join(", ") || "none"}`,
      data: { names },
    },
    {
      level: "ok",
      text: `handed on beside the usual names (env.pass): agents ${
        config.env.agents.join(", ") || "none"
      }; checks ${config.env.checks.join(", ") || "none"}`,
      hint: "An agent misses a variable? env.pass in the configuration, or --env NAME",
    },
    ...(depth === undefined ? [] : [{
      level: "note" as const,
      text: `started by another ouroboros: depth ${depth}`,
    }]),
  ];
}

async function leftovers(app: App): Promise<Finding[]> {
  const { lookForUnfinished } = await import("./setup/unfinished.ts");
  const findings: Finding[] = [];
  const unfinished = await lookForUnfinished(app);
  if (unfinished !== null) {
    const { text, hint, ...data } = unfinished;
    findings.push({ level: "note", text, hint, data });
  }
  if (!await exists(app.paths.runs)) {
    return findings.length > 0 ? findings : [{ level: "ok", text: "none" }];
  }
  if (await exists(app.paths.journal)) {
    for (const run of await listRuns(app, { all: true, limit: 50 })) {
      if (!run.applied && await wayBack(join(app.paths.runs, run.runId)) !== undefined) {
        findings.push({
          level: "note",
          text: `an apply of run ${run.runId} was cut off; undo takes back what it did`,
          hint: `ouroboros undo ${run.runId}`,
        });
      }
      if (run.state !== "interrupted") continue;
      findings.push({
        level: "note",
        text: `run ${run.runId} is interrupted: ${run.reason}`,
        hint: `ouroboros resume ${run.runId}, or: ouroboros cancel ${run.runId}`,
      });
    }
  }
  findings.push(...await unknownRuns(app));
  const bytes = await treeBytes(app.paths.runs);
  findings.push({
    level: "ok",
    text: `files of runs: ${(bytes / 1e6).toFixed(1)} MB in ${app.paths.runs}`,
    hint: "ouroboros gc --dry-run",
  });
  return findings;
}

/** Runs whose journal was moved away, as a damaged one is: no other command sees them. */
async function unknownRuns(app: App): Promise<Finding[]> {
  const { journal, runs } = app.paths;
  const ids = await exists(journal) ? await runIds(await app.journal(), 100_000) : [];
  const known = new Set(ids);
  const unknown = (await ownRunFolders(runs, known)).ours.filter((id) => !known.has(id));
  if (unknown.length === 0) return [];
  const of = unknown.length === 1 ? "a run that is" : `${unknown.length} runs that are`;
  return [{
    level: "note",
    text: `files of ${of} not in the journal: it may have been moved away`,
    hint: `Put it back as ${journal}, to go on with them; else gc removes them in time: ` +
      "ouroboros gc --dry-run",
    data: { runs: unknown },
  }];
}

/** What this operating system cannot carry is said, not hidden. */
function promises(): Finding[] {
  switch (Deno.build.os) {
    case "linux":
      return [{
        level: "ok",
        text:
          "trees are ended whole, also when we are killed; only a process that both leaves its " +
          "session and clears its environment can outlive us",
      }];
    case "darwin":
      return [{
        level: "note",
        text: "reduced: a process that left its tree and cleared its environment may outlive us",
      }];
    default:
      return [{
        level: "note",
        text: "experimental: trees are ended with taskkill, and none when we are killed ourselves",
      }];
  }
}

/** Whether there is anything of that name. */
export async function exists(path: string): Promise<boolean> {
  return await lstatIfAny(path) !== undefined;
}
