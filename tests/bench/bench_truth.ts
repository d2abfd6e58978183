import { countsTable, expectedCounts } from "../helpers/truth_counts.ts";
import { formatted } from "../helpers/truth_page.ts";
import { CORPUS } from "../truth/corpus.ts";

/**
 * Right and wrong words over the corpus of `tests/truth`, as Markdown. They are counts, not times:
 * its test plays every work and holds that they are these, so that they are not played again here.
 */
export async function truthSection(): Promise<string> {
  return await formatted([
    "## Right and wrong words",
    `From the corpus of ${CORPUS.length} tasks in \`tests/truth\`, which plays every work; ` +
    "[truth.md](truth.md) names those that get a word that is not the right one.",
    countsTable(expectedCounts(CORPUS)),
  ].join("\n\n"));
}
