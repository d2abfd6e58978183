import { OuroborosError } from "../kernel/error.ts";
import { hostPlaces, type RuntimeDefinition } from "../runtimes/mod.ts";
import type { SetupAround } from "./setup_plan.ts";
import { realPlace } from "./write/real_place.ts";

/**
 * What is wrong where hosts that are set up, or are to be, keep their skills in one place, by a link or
 * by variables of the same value: each is given skills that are written for it under the same names, so
 * the second would write over those of the first. Reads no file.
 */
export async function sharedSkills(
  around: Pick<SetupAround, "home" | "variable" | "receipt">,
  wanted: readonly RuntimeDefinition[],
): Promise<OuroborosError[]> {
  const hosts = await Promise.all(wanted.flatMap((host) => host.placement ? [place(host)] : []));
  const troubles: OuroborosError[] = [];
  for (const [index, host] of hosts.entries()) {
    const others = [...hosts.slice(0, index), ...await recorded(host.names)];
    const other = others.find((one) => one.real === host.real);
    if (other !== undefined) troubles.push(trouble(host, other));
  }
  return troubles;

  async function place({ id, title, placement }: RuntimeDefinition) {
    const { skills, moved } = hostPlaces(placement!, around);
    const names = placement!.skills.prefix;
    const variables = moved.map((one) => one.name);
    const installed = around.receipt?.runtimes[id] !== undefined;
    return { id, title, names, skills, real: await realPlace(skills), variables, installed };
  }

  /** Hosts on record that are not wanted: where their skills lie. */
  async function recorded(prefix: string): Promise<Shared[]> {
    const parts = Object.entries(around.receipt?.runtimes ?? {})
      .filter(([id]) => !wanted.some((one) => one.id === id));
    return await Promise.all(parts.flatMap(([id, { files }]) => {
      const folders = files.flatMap(({ path }) => {
        const at = path.lastIndexOf(`/${prefix}`);
        return at === -1 ? [] : [path.slice(0, at)];
      });
      return [...new Set(folders)].map(async (skills) => ({
        id,
        title: id,
        skills,
        real: await realPlace(skills),
        variables: [],
        installed: true,
      }));
    }));
  }
}

interface Shared {
  id: string;
  title: string;
  skills: string;
  real: string;
  /** Variables that moved it. */
  variables: readonly string[];
  /** It is on record. */
  installed: boolean;
}

function trouble(host: Shared, other: Shared): OuroborosError {
  const names = [...new Set([...other.variables, ...host.variables])];
  const apart = names.length > 0
    ? `set ${names.join(" and ")} to folders of their own`
    : `make "${host.skills}" and "${other.skills}" folders of their own`;
  return new OuroborosError({
    code: "host_file_unusable",
    message: `Set up ${host.title} beside ${other.title}: the skills of both would lie in ` +
      `"${host.real}", under the same names`,
    hint: `For both, ${apart}; for one of them alone: ${
      other.installed ? `ouroboros uninstall --runtime ${other.id}, then ` : ""
    }ouroboros setup --runtime ${host.id}`,
  });
}
