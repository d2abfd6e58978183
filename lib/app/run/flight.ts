/** Key of the one task at a time that is no attempt. */
export const LANE = "lane";

/** Something that a worker does beside other things. */
export interface Task {
  /** No two tasks of one key are done at once. */
  key: string;
  /** Criterion that it is done for; null: the run as a whole. */
  criterion: string | null;
  run(): Promise<void>;
}

/** What a worker is doing at this moment. */
export interface Flight {
  /** Criteria that something is being done for. */
  readonly busy: ReadonlySet<string>;
  /** Whether something other than an attempt is being done. */
  readonly lane: boolean;
  /** The first error that was no consequence of the stop. */
  readonly failure: { error: unknown } | undefined;
  begin(task: Task): void;
  /** Resolves as soon as one task has ended, or one of `others` has. */
  landing(others: readonly Promise<void>[]): Promise<void>;
  /** Resolves when nothing is being done any more. */
  allLanded(): Promise<void>;
}

/** Nothing is being done yet. `onFailure` is told of each error; `isExpected` tells those of a stop. */
export function createFlight(options: {
  isExpected(error: unknown): boolean;
  onFailure(error: unknown): void;
}): Flight {
  const tasks = new Map<string, { task: Task; ended: Promise<void> }>();
  let failure: Flight["failure"];
  const perform = async (task: Task) => {
    try {
      await task.run();
    } catch (error) {
      if (options.isExpected(error)) return;
      failure ??= { error };
      options.onFailure(error);
    } finally {
      tasks.delete(task.key);
    }
  };
  return {
    get busy() {
      return new Set([...tasks.values()].flatMap(({ task }) => task.criterion ?? []));
    },
    get lane() {
      return tasks.has(LANE);
    },
    get failure() {
      return failure;
    },
    begin(task) {
      const begun = Promise.withResolvers<void>();
      tasks.set(task.key, { task, ended: begun.promise });
      perform(task).then(begun.resolve);
    },
    async landing(others) {
      await Promise.race([...[...tasks.values()].map((one) => one.ended), ...others]);
    },
    async allLanded() {
      await Promise.all([...tasks.values()].map((one) => one.ended));
    },
  };
}
