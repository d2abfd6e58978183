import { PERMISSIONS } from "../../kernel/runtime_event.ts";
import type { RuntimeDefinition, RuntimeLimits } from "../definition.ts";

const ID = /^[a-z][a-z0-9]{1,31}$/;
const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_]*\*?$/;

/** What is wrong with a definition, one line each; empty for a sound one. */
export function validateDefinition(definition: RuntimeDefinition): string[] {
  return [
    ...names(definition),
    ...limits(definition.limits),
    ...stopLadder(definition),
    ...environment(definition),
    ...evidence(definition),
    ...completions(definition),
    ...words(definition),
  ].map((problem) => `${definition.id}: ${problem}`);
}

function names({ id, aliases, binary, placement, docsUrl }: RuntimeDefinition): string[] {
  const problems: string[] = [];
  if (!ID.test(id)) problems.push(`id "${id}" is not lower-case letters and digits`);
  for (const alias of aliases) {
    if (!/^[a-z][a-z0-9_-]*$/.test(alias)) {
      problems.push(`alias "${alias}" is not a lower-case word`);
    }
  }
  if (!docsUrl.startsWith("https://")) problems.push("docsUrl is no https address");
  if (binary.kind === "external") {
    if (binary.names.length === 0) problems.push("no program name");
    if (!/^\d+(\.\d+)+$/.test(binary.lowestVersion)) problems.push("lowestVersion is no version");
    if (binary.install.trim() === "") problems.push("no way to install it");
    if (binary.signIn.command.trim() === "") problems.push("no way to sign in");
  }
  if (placement && (placement.home.path.startsWith("/") || placement.home.path.includes(".."))) {
    problems.push("placement.home.path leaves HOME");
  }
  return problems;
}

function limits(limits: RuntimeLimits): string[] {
  const problems = Object.entries(limits)
    .filter(([, value]) => !Number.isSafeInteger(value) || value <= 0)
    .map(([name]) => `limit ${name} is not a finite positive whole number`);
  if (limits.lineBytes > limits.outputBytes) problems.push("limit lineBytes is above outputBytes");
  if (limits.startMs > limits.totalMs) problems.push("limit startMs is above totalMs");
  if (limits.idleMs > limits.totalMs) problems.push("limit idleMs is above totalMs");
  return problems;
}

function stopLadder({ stop }: RuntimeDefinition): string[] {
  const problems: string[] = [];
  if (stop.at(-1)?.signal !== "SIGKILL") problems.push("the last step of stop is not SIGKILL");
  for (const step of stop) {
    if (!Number.isSafeInteger(step.graceMs) || step.graceMs < 0) {
      problems.push(`grace of ${step.signal} is not a finite whole number`);
    }
  }
  return problems;
}

function environment({ env }: RuntimeDefinition): string[] {
  return [
    ...[...env.pass, ...env.withhold].filter((name) => !ENV_NAME.test(name))
      .map((name) => `"${name}" is no name of a variable`),
    ...["HOME", "PATH"].filter((name) => !env.pass.includes(name))
      .map((name) => `${name} is not passed on`),
    ...env.pass.filter((name) => env.withhold.includes(name))
      .map((name) => `${name} is both passed on and withheld`),
  ];
}

function evidence({ failures, permissions }: RuntimeDefinition): string[] {
  return [
    ...failures.filter((rule) => rule.match.global || rule.match.sticky)
      .map((rule) => `${rule.match} keeps a state between tests`),
    ...failures.filter((rule) => rule.hint.trim() === "").map((rule) =>
      `${rule.match} has no hint`
    ),
    ...(permissions.read || permissions.edit || permissions.full ? [] : ["no permission word"]),
    ...PERMISSIONS.filter((word) => permissions[word]?.confinement.trim() === "")
      .map((word) => `permission "${word}" does not say what confines the agent`),
  ];
}

function completions({ capabilities, complete }: RuntimeDefinition): string[] {
  return [
    ...(capabilities.completions === (complete !== undefined)
      ? []
      : ["capabilities.completions is not what complete says"]),
    ...(complete?.confinement.trim() === "" ? ["complete does not say what confines it"] : []),
  ];
}

function words({ guidance, limitations, title }: RuntimeDefinition): string[] {
  const problems: string[] = [];
  if (title.trim() === "") problems.push("no title");
  if (guidance.length < 2 || guidance.length > 3) problems.push("guidance is not 2 or 3 lines");
  if ([...guidance, ...limitations].some((line) => line.trim() === "" || line.includes("\n"))) {
    problems.push("guidance or limitations hold an empty or broken line");
  }
  return problems;
}
