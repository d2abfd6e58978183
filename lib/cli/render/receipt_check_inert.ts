/**
 * Text in which nothing is a command to the GitHub job that shows it. The runner obeys a line that
 * begins with "::", spaces before it or not, and "##[" anywhere in a line:
 * https://github.com/actions/runner, src/Runner.Common/ActionCommand.cs.
 */
export function withoutCommands(text: string): string {
  return text.replace(/^(\s*:)(?=:)/gm, "$1 ").replaceAll("##[", "# #[");
}

/** A value as one line of JSON that means the same and holds no such command. */
export function jsonText(value: unknown): string {
  // Two of these signs in a row stand in strings only, where they may be written as a number.
  return `${JSON.stringify(value).replaceAll("##[", "#\\u0023[")}\n`;
}
