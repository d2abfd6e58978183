import { OuroborosError } from "../../kernel/error.ts";
import type { Registry, RuntimeDefinition } from "../../runtimes/mod.ts";
import type { Host } from "./find_hosts.ts";

/** Word that stands for every host that is here. */
export const ALL = "all";

/** Which hosts, and whether one of them is to be the runtime that works on runs. */
export interface ChosenHosts {
  hosts: readonly Host[];
  /** Id for the configuration; null leaves it. */
  backend: string | null;
}

/** What a choice is made from. */
export interface HostChoice {
  registry: Registry;
  hosts: readonly Host[];
  /** The runtime of our configuration file; null for none. */
  configured: string | null;
}

/**
 * The hosts that were named, in that order; "all" is every one that is here. Errors:
 * unknown_runtime with the nearest names, usage for one that is no host, runtime_missing.
 */
export function namedHosts(names: readonly string[], choice: HostChoice): ChosenHosts {
  const chosen = new Set<Host>();
  const missing: Host[] = [];
  for (const name of names) {
    if (name.toLowerCase() === ALL) {
      for (const one of present(choice.hosts)) chosen.add(one);
      continue;
    }
    const host = requireHost(name, choice);
    if (host.found.path === null) missing.push(host);
    else chosen.add(host);
  }
  if (missing.length > 0) throw notInstalled(missing);
  const hosts = [...chosen];
  if (hosts.length === 0) throw noneFound(choice.hosts);
  const one = names.length === 1 && names[0]!.toLowerCase() !== ALL;
  return { hosts, backend: one || choice.configured === null ? hosts[0]!.definition.id : null };
}

/** A host by one of its names, here or not. Errors: unknown_runtime, usage. */
export function requireHost(name: string, choice: Omit<HostChoice, "configured">): Host {
  const definitions = choice.hosts.map((one) => one.definition);
  const definition = requireDefinition(name, choice.registry, definitions);
  return choice.hosts.find((one) => one.definition === definition)!;
}

/** Names of hosts as definitions, "all" as every one of them. Errors: unknown_runtime, usage. */
export function requireNames(
  names: readonly string[],
  registry: Registry,
  hosts: readonly RuntimeDefinition[],
): RuntimeDefinition[] {
  const chosen = new Set(
    names.flatMap((name) =>
      name.toLowerCase() === ALL ? hosts : [requireDefinition(name, registry, hosts)]
    ),
  );
  return [...chosen];
}

/** One of `hosts` by one of its names. Errors: unknown_runtime, usage for one that is no host. */
function requireDefinition(
  name: string,
  registry: Registry,
  hosts: readonly RuntimeDefinition[],
): RuntimeDefinition {
  const definition = registry.require(name);
  if (hosts.includes(definition)) return definition;
  throw new OuroborosError({
    code: "usage",
    message: `Set up "${definition.id}": it is part of this program and needs no setting up`,
    hint: `Choose one of: ${hosts.map((one) => one.id).join(", ")}, ${ALL}`,
  });
}

/**
 * The hosts where nobody named one and nobody is asked: the configured one, else the only one that
 * is here. The configured runtime stays as it is. Errors: runtime_missing, needs_input.
 */
export function obviousHosts(choice: HostChoice): ChosenHosts | undefined {
  const here = present(choice.hosts);
  if (here.length === 0) throw noneFound(choice.hosts);
  const configured = here.find((one) => one.definition.id === choice.configured);
  const only = configured ?? (here.length === 1 ? here[0] : undefined);
  return only && withoutName([only], choice);
}

/** Hosts that a person picked from a list. */
export function withoutName(hosts: readonly Host[], choice: HostChoice): ChosenHosts {
  return { hosts, backend: choice.configured === null ? hosts[0]?.definition.id ?? null : null };
}

/** Hosts that are on this machine. */
export function present(hosts: readonly Host[]): Host[] {
  return hosts.filter((one) => one.found.path !== null);
}

/** Nobody can be asked which of several hosts is meant. */
export function needsName(hosts: readonly Host[], suffix: string): OuroborosError {
  const ids = present(hosts).map((one) => one.definition.id);
  return new OuroborosError({
    code: "needs_input",
    message: `Choose a host: ${ids.join(", ")} are here, and nobody can be asked`,
    hint: `ouroboros setup --runtime ${ids[0]}${suffix}, or several with commas between, or ${ALL}`,
  });
}

function notInstalled(missing: readonly Host[]): OuroborosError {
  const titles = missing.map((one) => one.definition.title).join(", ");
  return new OuroborosError({
    code: "runtime_missing",
    message: `Set up ${titles}: not on this machine, no such program on PATH`,
    hint: `Install ${missing.length === 1 ? "it" : "them"}: ${
      missing.map((one) => one.found.install).join("; ")
    }`,
  });
}

function noneFound(hosts: readonly Host[]): OuroborosError {
  return new OuroborosError({
    code: "runtime_missing",
    message: `Find a host: none of ${
      hosts.map((one) => one.definition.title).join(", ")
    } is on this machine`,
    hint: `Install one: ${
      hosts.map((one) => `${one.definition.title}: ${one.found.install}`).join("; ")
    }`,
  });
}
