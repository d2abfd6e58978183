/** What git says of a file of settings that it cannot read, in the words of old and new versions. */
const BROKEN = /bad config (?:file )?line (\d+) in (?:file )?(.+?)"?$/m;

/** How to mend settings that git cannot read, from what it says; undefined: it says something else. */
export function brokenSettingsHint(said: string): string | undefined {
  const [, line, file] = BROKEN.exec(said) ?? [];
  if (line === undefined || file === undefined) return;
  return `Mend line ${line} of "${file}"; to see whether git reads it: git config --list`;
}
