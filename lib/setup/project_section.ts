import type { BlockMarkers } from "./edit/markdown_block.ts";

/** What stands in a project's instructions of ours, for people. */
export const PROJECT_SECTION = "section about Ouroboros";

/** The lines around it. */
export const PROJECT_MARKERS: BlockMarkers = {
  start: "<!-- ouroboros:start -->",
  end: "<!-- ouroboros:end -->",
};

/**
 * What an agent in this project is told about us. Agents that we start read it too, for it is a file
 * of the project: the first thing it says is that it is not for those.
 */
export const PROJECT_TEXT = `## Ouroboros

Not for an agent that Ouroboros started itself (\`_OUROBOROS_DEPTH\` is set): do your task and start
nothing of this.

- A prompt \`ooo NAME …\` asks for the skill of that name: follow it. Where you have no such skill,
  \`ouroboros ooo NAME …\` answers it, or names the command to type.
- Work that has to be proved: \`ouroboros run SEED.yaml\`, or
  \`ouroboros run "WHAT TO DO" --check "COMMAND"\`. It starts a paid agent: ask first, and show the plan
  with \`--dry-run\`.
- How it stands: \`ouroboros status\`. Only \`passed\` and \`accepted\` are proved; report another state as
  it is.
- Files here change by \`ouroboros apply RUN\` alone. Never run \`ouroboros accept\` on your own: it
  records a person's judgement.
`;
