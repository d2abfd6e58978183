/**
 * The parts of a key as people write it and messages show it: `run.attempts`, `env.pass[1]`,
 * `llm["a.b"].c`. Null when it is no such key. Numbers of items are numbers.
 */
export function readKeyPath(text: string): (string | number)[] | null {
  const path: (string | number)[] = [];
  let rest = text;
  while (rest !== "") {
    const part = PART.exec(rest);
    if (part === null) return null;
    const [all, plain, quoted, index] = part;
    // A dot stands between plain parts, not before the first.
    if (plain !== undefined && (path.length === 0) === all.startsWith(".")) return null;
    if (plain !== undefined) path.push(plain);
    else if (index !== undefined) path.push(Number(index));
    else {
      try {
        path.push(String(JSON.parse(quoted!)));
      } catch {
        return null;
      }
    }
    rest = rest.slice(all.length);
  }
  return path.length === 0 ? null : path;
}

const PART = /^(?:\.?([^.[\]"\s=]+)|\[("(?:[^"\\]|\\.)*")\]|\[(\d{1,6})\])/;
