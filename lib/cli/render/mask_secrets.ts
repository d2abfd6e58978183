/** What stands in the place of a value that is nobody's business. */
const MASK = "…";

/**
 * A line of somebody's configuration without the values that look like secrets: those of keys that
 * are called so, tokens by their usual beginnings, passwords in addresses. For showing only.
 */
export function maskSecrets(line: string): string {
  return line
    .replace(NAMED_VALUE, (all, name: string, value: string) => {
      const bare = value.replace(/^["']|["']$/g, "");
      if (bare.length < SHORTEST || PLACEHOLDER.test(bare)) return all;
      const quote = /^["']/.exec(value)?.[0] ?? "";
      return `${name}${quote}${MASK}${quote}`;
    })
    .replace(TOKEN, MASK)
    .replace(/(:\/\/[^/\s:@"']*:)[^/\s@"']+@/g, `$1${MASK}@`);
}

/** Shorter values are words like "true". */
const SHORTEST = 6;
/** Names are bounded: a file may hold a megabyte of letters, and a pattern must not go over it twice. */
const NAMED_VALUE =
  /((?<![\w.-])["']?[\w.-]{0,64}(?:key|token|secret|passw|credential|authorization|bearer)[\w.-]{0,64}["']?\s{0,64}[:=]\s{0,64})("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'[\]{},#][^,}\]#]*)/gi;
/** A variable's name in the place of its value. */
const PLACEHOLDER = /^(\$\{?\w+\}?|\{(env|file):[^}]*\})$/;
const TOKEN =
  /\b(?:sk|pk|rk|ghp|gho|ghu|ghs|glpat|xox[abps]|AKIA|ASIA|AIza|eyJ|hf|npm|pypi)[-_]?[A-Za-z0-9][-_.A-Za-z0-9]{14,}/g;
