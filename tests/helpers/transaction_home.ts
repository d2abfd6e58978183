import { sha256 } from "../../lib/kernel/digest.ts";
import type { Transaction } from "../../lib/setup/write/file_change.ts";

/** A home with files that a transaction of every kind of step changes. */
export async function makeHome(home: string): Promise<void> {
  await Deno.mkdir(`${home}/.ouroboros`, { mode: 0o700 });
  await Deno.mkdir(`${home}/.codex/skills/stale`, { recursive: true });
  await Deno.writeTextFile(`${home}/.codex/config.toml`, 'model = "x"\n');
  await Deno.chmod(`${home}/.codex/config.toml`, 0o600);
  await Deno.writeTextFile(`${home}/.codex/skills/stale/SKILL.md`, "stale");
  await Deno.writeTextFile(`${home}/.codex/skills/mine.md`, "mine");
  await Deno.writeTextFile(`${home}/.ouroboros/config.yaml`, "a: 1\n");
  await Deno.chmod(`${home}/.ouroboros/config.yaml`, 0o640);
}

/** Changes, makes and removes files, folders included. */
export function transactionIn(home: string): Transaction {
  const bytes = (text: string) => new TextEncoder().encode(text);
  return {
    root: `${home}/.ouroboros`,
    changes: [
      { path: `${home}/.codex/config.toml`, before: sha256('model = "x"\n'), after: bytes("new") },
      { path: `${home}/.hermes/skills/a/SKILL.md`, before: null, after: bytes("skill") },
      { path: `${home}/.codex/skills/stale/SKILL.md`, before: sha256("stale"), after: null },
      { path: `${home}/.ouroboros/config.yaml`, before: sha256("a: 1\n"), after: bytes("a: 2\n") },
      { path: `${home}/.ouroboros/install.json`, before: null, after: bytes("{}"), mode: 0o600 },
    ],
    emptied: [`${home}/.codex/skills/stale`, `${home}/.codex/skills`],
  };
}
