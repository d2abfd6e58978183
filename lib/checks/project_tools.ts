/** What installs a Node project's packages and runs its scripts. */
export interface NodeTool {
  name: "bun" | "npm" | "pnpm" | "yarn";
  lock: string;
  /** How it installs from the lock alone. */
  install: string;
}

/** The package manager whose lock is at the top; npm, where there is none. */
export function nodeTool(paths: readonly string[]): NodeTool {
  if (paths.includes("pnpm-lock.yaml")) {
    const install = "pnpm install --frozen-lockfile --prefer-offline";
    return { name: "pnpm", lock: "pnpm-lock.yaml", install };
  }
  if (paths.includes("yarn.lock")) {
    const install = paths.includes(".yarnrc.yml")
      ? "yarn install --immutable"
      : "yarn install --frozen-lockfile --prefer-offline";
    return { name: "yarn", lock: "yarn.lock", install };
  }
  const bun = ["bun.lock", "bun.lockb"].find((name) => paths.includes(name));
  if (bun) return { name: "bun", lock: bun, install: "bun install --frozen-lockfile" };
  const install = "npm ci --prefer-offline --no-audit --no-fund";
  return { name: "npm", lock: "package-lock.json", install };
}

/** Maven as the project starts it, quietly and without questions. */
export function mavenCommand(paths: readonly string[]): string {
  return `${paths.includes("mvnw") ? "./mvnw" : "mvn"} -q -B`;
}

/** Gradle as the project starts it. A daemon would outlive its caller, and remember what it built. */
export function gradleCommand(paths: readonly string[]): string {
  return `${paths.includes("gradlew") ? "./gradlew" : "gradle"} --no-daemon -q`;
}

/** Targets of a makefile's rules. The time grows with the length alone, whatever is in its lines. */
export function makeTargets(text: string): ReadonlySet<string> {
  return new Set(text.split("\n").flatMap(targetsOf));
}

/** Names before the colon of a rule; none of an assignment (`:=`, `::=`) or a recipe line. */
function targetsOf(line: string): string[] {
  const colon = line.indexOf(":");
  if (colon < 1 || /^\s/.test(line) || /^::?=/.test(line.slice(colon, colon + 3))) return [];
  const names = line.slice(0, colon).trimEnd().split(/ +/);
  return names.every((name) => /^[\w.-]+$/.test(name)) ? names : [];
}
