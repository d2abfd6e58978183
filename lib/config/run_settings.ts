import { durationMs } from "../kernel/duration.ts";
import { durationText } from "../kernel/duration_text.ts";
import type { Chooser, Setting } from "./chooser.ts";
import type { Config, ConfigFlags } from "./config.ts";
import {
  LEAST_MINUTES,
  LEAST_USD,
  MOST_JOBS,
  MOST_MINUTES,
  MOST_USD,
  MOST_WAIT_MS,
} from "./run_bounds.ts";

/** Chooses what bounds a run. Throws `config_invalid` for a value that cannot be used. */
export function runSettings(chooser: Chooser, flags: ConfigFlags): Config["run"] {
  return {
    attempts: chooser.choose(number("run.attempts", "attempts", flags.attempts, 3, [1, 20])),
    minutes: chooser.choose(
      number("run.minutes", "minutes", flags.minutes, 60, [LEAST_MINUTES, MOST_MINUTES]),
    ),
    maxTokens: chooser.choose<number | null>(
      number("run.max_tokens", "max-tokens", flags.maxTokens, null, [1, Number.MAX_SAFE_INTEGER]),
    ),
    maxUsd: chooser.choose<number | null>(
      number("run.max_usd", "max-usd", flags.maxUsd, null, [LEAST_USD, MOST_USD]),
    ),
    jobs: chooser.choose(number("run.jobs", "jobs", flags.jobs, 1, [1, MOST_JOBS])),
    waitMs: chooser.choose(waitSetting(flags.waitMs)),
  };
}

function waitSetting(waitMs: number | undefined): Setting<number> {
  return {
    key: "run.wait",
    // A flag is read as what it was typed as: milliseconds would be a number of seconds.
    flag: { name: "--wait", value: waitMs === undefined ? undefined : `${waitMs}ms` },
    env: ["OUROBOROS_RUN_WAIT"],
    file: [["run", "wait"]],
    defaultValue: 3_600_000,
    read: (written) => {
      const value = durationMs(written as string | number);
      return value === null || value > MOST_WAIT_MS
        ? { problem: `must be a duration up to ${durationText(MOST_WAIT_MS)}, is "${written}"` }
        : { value };
    },
  };
}

/** A setting that is a number between two borders, both included. */
function number<D extends number | null>(
  key: string,
  flag: string,
  value: number | undefined,
  defaultValue: D,
  [least, most]: readonly [number, number],
): Setting<number | D> {
  return {
    key,
    flag: { name: `--${flag}`, value },
    env: [`OUROBOROS_${key.replaceAll(".", "_").toUpperCase()}`],
    file: [key.split(".")],
    defaultValue,
    read: (written) => {
      const one = Number(written);
      const whole = least >= 1;
      return Number.isFinite(one) && one >= least && one <= most &&
          (!whole || Number.isInteger(one))
        ? { value: one }
        : {
          problem: `must be a ${
            whole ? "whole " : ""
          }number from ${least} to ${most}, is "${written}"`,
        };
    },
  };
}
