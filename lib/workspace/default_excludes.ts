/**
 * Secrets that lie in most projects. A tracked file of such a name is part of the project; one that
 * is only lying there comes along when `carry` names it, and not otherwise.
 */
export const SECRET_PATTERNS: readonly string[] = [
  ".env",
  ".env.local",
  ".env.*.local",
];

/** Whether a file name is one that {@link SECRET_PATTERNS} means. */
export function isSecretName(name: string): boolean {
  return name === ".env" || name === ".env.local" || /^\.env\..+\.local$/.test(name);
}

/** Built or fetched folders that a project without git, and so mostly without ignore rules, holds. */
export const BUILT_PATTERNS: readonly string[] = [
  "node_modules/",
  ".venv/",
  "venv/",
  "__pycache__/",
  "*.pyc",
  ".pytest_cache/",
  ".mypy_cache/",
  ".tox/",
  ".gradle/",
  ".DS_Store",
  "/target/",
];
