import { assertEquals } from "@std/assert";
import { ownRunFolders } from "../../../lib/app/own_run_folders.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

const [KNOWN, STRAY, CHANCE] = [
  "run_0123456789abcdefgh",
  "run_0123456789abcdefgj",
  "run_0123456789abcdefgk",
];

Deno.test("ours is what the journal knows, or what has our form and our layout", async () => {
  await using dir = await tempDir();
  const runs = `${dir.path}/runs`;
  assertEquals(await ownRunFolders(runs, new Set()), { ours: [], others: [] });
  for (
    const path of [
      KNOWN,
      `${STRAY}/worktrees`,
      // The form of a name alone proves nothing, and neither does what lies in it.
      CHANCE,
      "run_marathon/worktrees",
      "run_0123456789abcdefgi/worktrees",
      "2026/worktrees",
    ]
  ) await Deno.mkdir(`${runs}/${path}`, { recursive: true });
  await Deno.writeTextFile(`${runs}/run_0123456789abcdefgm`, "a file");
  await Deno.symlink(`${runs}/${STRAY}`, `${runs}/run_0123456789abcdefgn`);
  assertEquals(await ownRunFolders(runs, new Set([KNOWN!])), {
    ours: [KNOWN, STRAY],
    others: [
      "2026",
      "run_0123456789abcdefgi",
      CHANCE,
      "run_0123456789abcdefgm",
      "run_0123456789abcdefgn",
      "run_marathon",
    ],
  });
});
