import { join } from "@std/path";
import type { AppBench } from "./app_bench.ts";

/** What happens at one call of git: to itself or to its parent, before or after its work. */
export interface GitFate {
  /** Its verb: merge-tree, commit-tree or read-tree. */
  verb: string;
  /** Which call of that verb, from 1. */
  call: number;
  /** `locked`: itself, with the lock of the index taken. */
  dies: "git" | "git done" | "git locked" | "worker" | "worker done";
}

/**
 * Puts a git before the real one on the bench's PATH that counts its calls of those verbs as notes
 * `git-VERB-N`, and dies as it was told. The worker is whoever has its id in the note `worker`.
 */
export async function writeGit(bench: AppBench, fate?: GitFate): Promise<void> {
  const real = await realGit();
  const text = `#!/bin/sh
verb=
for word; do case $word in merge-tree|commit-tree|read-tree) verb=$word; break;; esac; done
[ -n "$verb" ] || exec ${real} "$@"
set -C
n=1
until { true > '${bench.notes}'/git-$verb-$n; } 2>/dev/null; do n=$((n + 1)); done
[ "$verb $n" = "${fate ? `${fate.verb} ${fate.call}` : ""}" ] || exec ${real} "$@"
: > '${bench.notes}/struck'
case "${fate?.dies ?? ""}" in
  *done) ${real} "$@" > /dev/null;;
  *locked) [ -z "$GIT_INDEX_FILE" ] || : > "$GIT_INDEX_FILE.lock";;
esac
case "${fate?.dies ?? ""}" in
  worker*) kill -9 "$(cat '${bench.notes}/worker')"; exec sleep 300;;
esac
kill -9 $$
`;
  const path = join(bench.bin, "git");
  // Copied by a child, as a file that is open for writing beside a fork cannot be started.
  await Deno.writeTextFile(`${path}.text`, text);
  await new Deno.Command("cp", { args: [`${path}.text`, path] }).output();
  await Deno.chmod(path, 0o755);
  await Deno.remove(`${path}.text`);
}

async function realGit(): Promise<string> {
  const { stdout } = await new Deno.Command("sh", { args: ["-c", "command -v git"] }).output();
  return new TextDecoder().decode(stdout).trim();
}
