import { join, normalize } from "@std/path";

/** What words of a command may name: paths, modules in dots, both below `cd` as well. */
export function namedPaths(command: string, dir: string): Set<string> {
  // A dot that comes first reads a script; as an argument it is the folder.
  const words = command.replace(/^\s*\.\s/gm, " ").split(/[\s"'`;|&()<>=,]+/).filter((word) =>
    word !== ""
  );
  const folders = [dir];
  const named = new Set<string>();
  words.forEach((word, index) => {
    if (words[index - 1] === "cd" && !word.startsWith("/")) folders.push(join(dir, word));
  });
  for (const word of words) {
    if (word.startsWith("-") || word.startsWith("/")) continue;
    const path = word.replace(/::.*$|\/\.\.\.$|:\d+$/, "");
    const module = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(path) ? path.replaceAll(".", "/") : "";
    for (const folder of folders) {
      named.add(normalize(join(folder, path)));
      // `python -m unittest tests.test_total.TotalTest`: some part of it is a file.
      const parts = module.split("/");
      for (let count = parts.length; module !== "" && count > 0; count--) {
        named.add(normalize(join(folder, `${parts.slice(0, count).join("/")}.py`)));
      }
    }
  }
  return new Set([...named].map((path) => path.replaceAll("\\", "/").replace(/\/$/, "")));
}
