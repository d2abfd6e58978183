import type { Fact } from "../../engine/interview/events.ts";
import type { LookRepository } from "./look_repository.ts";

/** Branch, what is not committed, and the age of the last commit, as one fact. `now`: the clock's. */
export function lookGit(repository: LookRepository, now: Date): Fact {
  const { branch, head, committedAt } = repository;
  const on = branch === null ? `at commit ${head?.slice(0, 10)}, no branch` : `branch "${branch}"`;
  const last = head === null
    ? "no commit yet"
    : committedAt === null
    ? "last commit of unknown age"
    : `last commit ${age(now.getTime() / 1000 - committedAt)}`;
  return {
    id: "git",
    topic: "git",
    text: `${on}, ${dirtiness(repository.dirty)}, ${last}`,
    source: ".git",
  };
}

function dirtiness(dirty: number | null): string {
  if (dirty === null) return "changed files not counted";
  if (dirty === 0) return "everything committed";
  return `${dirty.toLocaleString("en-US")} ${dirty === 1 ? "file" : "files"} not committed`;
}

const UNITS = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

function age(seconds: number): string {
  for (const [unit, size] of UNITS) {
    const count = Math.floor(seconds / size);
    if (count >= 1) return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
  }
  // A clock that is set wrong may put it into the future.
  return "just now";
}
