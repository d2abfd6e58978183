/** Beginnings of keys that providers hand out. */
const PREFIXES =
  /^(?:sk[-_]|pk_|rk_|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|npm_[A-Za-z0-9]{20}|AKIA[0-9A-Z]{12}|AIza|eyJ|ya29\.|hf_)/;

/** Names under which secrets stand. */
const NAMES = /key|token(?!s)|secret|passw|credential|auth|bearer|cookie/i;

/** Whether a text looks like a secret itself, whatever it is called. */
export function looksSecret(text: string): boolean {
  const word = text.trim();
  if (PREFIXES.test(word)) return true;
  // A long word of letters and digits mixed, with no shape of a name or path.
  return /^[A-Za-z0-9+/=_-]{24,}$/.test(word) &&
    word.split(/[_/-]/).some((part) =>
      part.length >= 20 && /\d/.test(part) && /[A-Za-z]/.test(part)
    );
}

/** Whether what stands under a name is not for other eyes. */
export function namesSecret(name: string): boolean {
  return NAMES.test(name);
}

/** A line of a YAML file without the values that are not for other eyes. */
export function withoutSecrets(line: string): string {
  return line
    .replace(
      /([A-Za-z0-9_.-]+)(["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,}\]#]+)/g,
      (all, name: string, between: string, value: string) =>
        namesSecret(name) || looksSecret(value.replace(/^["']|["']$/g, ""))
          ? `${name}${between}(not shown)`
          : all,
    )
    .replace(/[A-Za-z0-9+/=_-]{16,}/g, (word) => looksSecret(word) ? "(not shown)" : word);
}
