export type * from "../kernel/check_run.ts";
