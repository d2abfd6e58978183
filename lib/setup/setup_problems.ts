import { type ErrorCode, OuroborosError } from "../kernel/error.ts";

/** What is wrong with a file of the user's, and not with us or the machine. */
const COLLECTED: readonly ErrorCode[] = ["host_file_unusable", "not_writable", "unreadable"];

/** Collects what stands in a plan's way, so that people hear of all of it at once. */
export class SetupProblems {
  readonly #found: OuroborosError[] = [];

  /** One more; the same one twice is kept once. */
  add(problem: OuroborosError): void {
    if (!this.#found.some((one) => one.message === problem.message)) this.#found.push(problem);
  }

  /** What `work` gives; undefined when a file stood in its way. Other errors are thrown. */
  async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (thrown) {
      if (!(thrown instanceof OuroborosError) || !COLLECTED.includes(thrown.code)) throw thrown;
      this.add(thrown);
      return undefined;
    }
  }

  /** Throws all of them as one error, host_file_unusable; each with its own way out. */
  throwIfAny(): void {
    const [first] = this.#found;
    if (first === undefined) return;
    if (this.#found.length === 1) {
      throw new OuroborosError({
        code: "host_file_unusable",
        message: first.message,
        ...(first.hint === undefined ? {} : { hint: first.hint }),
        cause: first,
      });
    }
    const lines = this.#found.map(({ message, hint }) =>
      `- ${message}${hint === undefined ? "" : `\n  ${hint}`}`
    );
    throw new OuroborosError({
      code: "host_file_unusable",
      message: `Plan the changes: ${lines.length} things stand in the way\n${lines.join("\n")}`,
      hint: "Nothing was changed; mend these, then run the same command again",
      cause: new AggregateError(this.#found),
    });
  }
}
