import type { MaskedSource } from "./masked_source.ts";

/** Modules that give a function to write tests with. */
const LIBRARY =
  `["'](?:node:test|test|tap|tape|ava|uvu|zora|vitest|mocha|bun:test|@jest\\/globals|` +
  `@playwright\\/test|(?:jsr:)?@std\\/testing[^"']*)["']`;
const REQUIRED = new RegExp(
  `\\b(?:const|let|var)\\s+([\\w$]+|\\{[^}]*\\})\\s*=\\s*(?:await\\s+)?(?:require|import)\\s*` +
    `\\(\\s*${LIBRARY}\\s*\\)(?:\\s*\\.\\s*(\\w+))?`,
  "g",
);
const IMPORTED = new RegExp(`\\bimport\\s+([^"';]+?)\\s*\\bfrom\\s*${LIBRARY}`, "g");
/** What those functions are called in their modules. */
const EXPORTED = /^(?:test|it|specify|default)$/;

/** Other names that a file gives to the function it writes its tests with. */
export function testNames({ text, code }: MaskedSource): string[] {
  const names = new Set<string>();
  const bound = (bindings: string) => bindingsOf(bindings).forEach((name) => names.add(name));
  for (const match of text.matchAll(REQUIRED)) {
    if (code[match.index] !== text[match.index]) continue;
    if (match[2] === undefined || EXPORTED.test(match[2])) bound(match[1]!);
  }
  for (const match of text.matchAll(IMPORTED)) {
    if (code[match.index] === text[match.index]) bound(match[1]!);
  }
  const known = ["test", "it", "specify", "Deno\\s*\\.\\s*test", ...[...names].map(RegExp.escape)];
  const renamed = new RegExp(
    `\\b(?:const|let|var)\\s+([\\w$]+)\\s*=\\s*(?:${known.join("|")})[ \\t]*(?:;|$)`,
    "gm",
  );
  for (const match of code.matchAll(renamed)) names.add(match[1]!);
  for (const name of ["test", "it", "specify"]) names.delete(name);
  return [...names];
}

/** Whether a file's tests are run by something that collects them, and not by its own lines. */
export function isCollected({ text, code }: MaskedSource): boolean {
  if (/(?<![\w$.])(?:describe|suite|test|it)\s*\(|\bDeno\s*\.\s*test\b/.test(code)) return true;
  return [...text.matchAll(new RegExp(`\\b(?:from|require\\s*\\(|import)\\s*${LIBRARY}`, "g"))]
    .some((match) => code[match.index] === text[match.index]);
}

/** Names that `t`, `{ test: t }`, `{ it as t }` or `t, { it }` bind to a test function. */
function bindingsOf(bindings: string): string[] {
  const braces = /\{([^}]*)\}/.exec(bindings);
  const outside = bindings.replace(/\{[^}]*\}/, "").split(",").map((part) => part.trim());
  const inside = (braces?.[1] ?? "").split(",").flatMap((part) => {
    const [from = "", to = from] = part.trim().split(/\s*:\s*|\s+as\s+/);
    return EXPORTED.test(from) ? [to] : [];
  });
  return [...outside, ...inside].filter((name) => /^[\w$]+$/.test(name));
}
