/**
 * All that a project's folder holds, `.git` included: type, mode, size, owner, modification time to
 * the nanosecond, link target, and the digest of every file. Access times do not count; `times: false` leaves out all times, and
 * `objectTimes: false` those of git's object files, which an agent's own git renews when it is about
 * to write an object that is there already.
 */
export async function fingerprint(
  dir: string,
  options: { times?: boolean; objectTimes?: boolean } = {},
): Promise<string> {
  const time = options.times === false ? "" : "%T@ ";
  const format = `%y %m %s %U ${time}%p -> %l\\n`;
  // Sizes of folders depend on their past.
  const list = `find . -type d -printf '%y %m ${time}%p\\n' -o -printf '${format}' | LC_ALL=C sort`;
  const sums = "find . -type f -print0 | LC_ALL=C sort -z | xargs -0 -r sha256sum";
  const output = await new Deno.Command("sh", { args: ["-c", `${list}; ${sums}`], cwd: dir })
    .output();
  const text = new TextDecoder("latin1").decode(output.stdout);
  if (options.objectTimes !== false) return text;
  return text.replace(/^(f.*) \S+( \.\/\.git\/objects\/.*)$/gm, "$1$2");
}
