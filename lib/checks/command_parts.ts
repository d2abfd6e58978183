/** The single commands of a command line, in their order; some may be empty. */
export function commandParts(run: string): string[] {
  return run.split(/&&|\|\||[;|\n]/).map((part) => part.trim());
}
