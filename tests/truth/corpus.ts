import type { Task } from "../helpers/truth_task.ts";
import { C_TASKS } from "./tasks/c.ts";
import { COMMAND_TASKS } from "./tasks/commands.ts";
import { GO_TASKS } from "./tasks/go.ts";
import { JAVA_TASKS } from "./tasks/java.ts";
import { JAVASCRIPT_TASKS } from "./tasks/javascript.ts";
import { PYTHON_TASKS } from "./tasks/python.ts";
import { RUST_TASKS } from "./tasks/rust.ts";
import { SHELL_TASKS } from "./tasks/shell.ts";
import { TYPESCRIPT_TASKS } from "./tasks/typescript.ts";

/** All tasks: right and wrong work, and where the word on it is known not to be the right one. */
export const CORPUS: readonly Task[] = [
  ...PYTHON_TASKS,
  ...JAVASCRIPT_TASKS,
  ...TYPESCRIPT_TASKS,
  ...GO_TASKS,
  ...RUST_TASKS,
  ...C_TASKS,
  ...SHELL_TASKS,
  ...COMMAND_TASKS,
  ...JAVA_TASKS,
];
