/**
 * Text as a TOML basic string. JSON's form is also TOML's, but for DEL, which TOML wants escaped,
 * and lone surrogates, which it cannot hold (they become U+FFFD).
 */
export function tomlText(text: string): string {
  return JSON.stringify(text.toWellFormed()).replaceAll("\x7f", "\\u007f");
}
