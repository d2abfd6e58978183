import { documentPath, type DocumentProblem } from "../kernel/document_problem.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { Origin } from "./config.ts";
import type { Environment } from "./environment.ts";

/** Where one setting may come from; the order of the levels is the one precedence rule. */
export interface Setting<T> {
  /** Name of the setting, under which its origin is kept. */
  key: string;
  flag?: { name: string; value: unknown };
  /** Names of variables, the first that is set counts. */
  env?: readonly string[];
  /** Paths in the file, the first that holds a value counts. */
  file?: readonly (readonly string[])[];
  defaultValue: T;
  /** The value behind what was written, or why it cannot be used. Text from the environment. */
  read(
    written: unknown,
    remark: (message: string) => void,
  ): { value: T } | { problem: string; hint?: string };
}

/** Chooses settings by one rule: flag, then environment, then file, then default. */
export class Chooser {
  readonly origins: Record<string, Origin> = {};
  readonly warnings: DocumentProblem[] = [];

  constructor(
    private readonly environment: Environment,
    private readonly document: Readonly<Record<string, unknown>>,
    /** What error messages call the file. */
    private readonly file: string,
  ) {}

  /** The value of one setting. Throws `usage` for a bad flag, `config_invalid` for the others. */
  choose<T>(setting: Setting<T>): T {
    const found = this.#find(setting);
    if (found === null) {
      this.origins[setting.key] = { source: "default", name: "" };
      return setting.defaultValue;
    }
    const { written, origin } = found;
    const result = setting.read(written, (message) => {
      // One variable or key may speak for several settings.
      if (this.warnings.some((one) => one.path === origin.name && one.message === message)) return;
      this.warnings.push({ path: origin.name, message });
    });
    if ("problem" in result) {
      throw new OuroborosError({
        code: origin.source === "flag" ? "usage" : "config_invalid",
        message: origin.source === "file"
          ? `Cannot use "${this.file}": ${origin.name}: ${result.problem}`
          : `Cannot use ${origin.name}: ${result.problem}`,
        hint: result.hint,
      });
    }
    this.origins[setting.key] = origin;
    return result.value;
  }

  #find<T>(setting: Setting<T>): { written: unknown; origin: Origin } | null {
    if (setting.flag?.value !== undefined) {
      return { written: setting.flag.value, origin: { source: "flag", name: setting.flag.name } };
    }
    for (const name of setting.env ?? []) {
      const written = this.environment.get(name)?.trim();
      if (written !== undefined) return { written, origin: { source: "environment", name } };
    }
    for (const path of setting.file ?? []) {
      const written = valueAt(this.document, path);
      if (written !== undefined && written !== null) {
        return { written, origin: { source: "file", name: documentPath(path) } };
      }
    }
    return null;
  }
}

function valueAt(document: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    return (value as Record<string, unknown>)[key];
  }, document);
}
