/** A text as it is compared: letters and digits of any script, in lower case. */
export function comparedText(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}
