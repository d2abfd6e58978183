const KEYS = [
  /\b((?:sk|pk|rk|gsk|xai|key|glpat|hf|ghp|gho|ghs)[-_]|AIza|Bearer )[A-Za-z0-9*._-]{8,}/g,
  /\b(api[-_ ]?key(?: provided)?["']?\s*[:=]\s*["']?)[A-Za-z0-9*._-]{6,}/gi,
];

/** Text in which what looks like a key is cut to its first letters: providers quote the key that they refuse. */
export function scrub(text: string): string {
  return KEYS.reduce((left, key) => left.replace(key, "$1…"), text);
}
