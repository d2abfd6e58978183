/**
 * Says which files in the home folder that change how checks run are other ones now: "changed in
 * the home folder since the run began: ~/.npmrc". At most five are named.
 */
export function changedToolsText(names: readonly string[]): string {
  const named = names.slice(0, 5).map((name) => `~/${name}`).join(", ");
  const more = names.length > 5 ? ` and ${names.length - 5} more` : "";
  return `changed in the home folder since the run began: ${named}${more}`;
}
