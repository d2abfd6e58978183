import { scoreAnswer, screenAnswer } from "../unit/engine/interview/interview_story.ts";
import type { IdeaTask } from "./idea_tasks.ts";

const GENRES = ["art", "crime", "drama", "essay", "folk", "garden", "history", "island"];

/** A lending library of a dozen modules, with a command and tests that all pass. */
function files(): Record<string, string> {
  const genres = Object.fromEntries(GENRES.flatMap((genre, at) => [
    [
      `src/genres/${genre}.js`,
      `/** Days for which a book of this genre is lent. */\nexport const ${genre}Days = ${
        at + 7
      };\n`,
    ],
    [
      `test/genres/${genre}.spec.js`,
      `import assert from "node:assert/strict";
import { test } from "node:test";
import { ${genre}Days } from "../../src/genres/${genre}.js";

test("${genre} is lent for ${at + 7} days", () => assert.equal(${genre}Days, ${at + 7}));
`,
    ],
  ]));
  return {
    ".gitignore": "node_modules/\n",
    "README.md": "# lending\n\nLends books by genre: `node src/cli.js lend GENRE DAY`.\n",
    "package.json": JSON.stringify(
      { name: "lending", private: true, type: "module", scripts: { test: "node --test" } },
      null,
      2,
    ),
    ...genres,
    "src/genres.js": `${
      GENRES.map((genre) => `import { ${genre}Days } from "./genres/${genre}.js";\n`).join("")
    }
/** Days by genre. */
export const DAYS = { ${GENRES.map((genre) => `${genre}: ${genre}Days`).join(", ")} };
`,
    "src/loan.js": LOAN,
    "src/cli.js": CLI,
    "test/loan.spec.js": LOAN_SPEC,
  };
}

const LOAN = `import { DAYS } from "./genres.js";

/** A loan of a book of this genre; \`day\` counts from 1. Throws RangeError for another genre. */
export function lend(genre, day) {
  if (!Object.hasOwn(DAYS, genre)) throw new RangeError(\`There is no genre "\${genre}"\`);
  return { genre, due: day + DAYS[genre] };
}
`;
const CLI = `import { lend } from "./loan.js";

const [verb, genre, day] = process.argv.slice(2);
if (verb !== "lend") {
  console.error("Usage: node src/cli.js lend GENRE DAY");
  process.exit(2);
}
console.log(\`Due on day \${lend(genre, Number(day)).due}\`);
`;
const LOAN_SPEC = `import assert from "node:assert/strict";
import { test } from "node:test";
import { lend } from "../src/loan.js";

test("a loan is due after the days of its genre", () => {
  assert.deepEqual(lend("crime", 1), { genre: "crime", due: 9 });
});

test("another genre is refused", () => {
  assert.throws(() => lend("poem", 1), /no genre "poem"/);
});
`;

const RENEWED_LOAN = `${LOAN}
/** The same loan for as long again, once. Throws RangeError for one that was renewed. */
export function renew(loan) {
  if (loan.renewed) throw new RangeError("It was renewed already");
  return { ...loan, due: loan.due + DAYS[loan.genre], renewed: true };
}
`;
const RENEWED_CLI = `import { lend, renew } from "./loan.js";

const [verb, genre, day] = process.argv.slice(2);
if (verb !== "lend" && verb !== "renew") {
  console.error("Usage: node src/cli.js lend|renew GENRE DAY");
  process.exit(2);
}
const loan = lend(genre, Number(day));
console.log(\`Due on day \${(verb === "renew" ? renew(loan) : loan).due}\`);
`;

const criterion = (parts: Record<string, unknown>) => ({
  ...{ run: null, stdout: null, files: [], preserve_run: null, hidden_run: null, hidden_files: [] },
  ...{ human: null, reason: null, protect: [], artifacts: [], depends_on: [] },
  ...parts,
});

const RENEW = "renew(loan) lends a book for as long again, once; a second time is refused";

/** What a model proposes first: the project's own tests, which pass before any work. */
const FIRST = {
  goal: "A loan can be renewed once",
  constraints: ["No new dependency"],
  criteria: [criterion({ description: RENEW, run: "npm test" })],
};
const SECOND = {
  goal: "A loan can be renewed once",
  constraints: ["No new dependency"],
  criteria: [
    criterion({
      description: RENEW,
      run: "node --test renew.spec.js",
      files: [{
        path: "renew.spec.js",
        text: `import assert from "node:assert/strict";
import { test } from "node:test";
import { lend, renew } from "./src/loan.js";

test("as long again, once", () => {
  const loan = renew(lend("crime", 1));
  assert.equal(loan.due, 17);
  assert.throws(() => renew(loan), RangeError);
});
`,
      }],
      preserve_run: "npm test",
      hidden_run: "node --test every_genre.spec.js",
      hidden_files: [{
        path: "every_genre.spec.js",
        text: `import assert from "node:assert/strict";
import { test } from "node:test";
import { DAYS } from "./src/genres.js";
import { lend, renew } from "./src/loan.js";

test("every genre", () => {
  for (const genre of Object.keys(DAYS)) {
    assert.equal(renew(lend(genre, 3)).due, 3 + 2 * DAYS[genre], genre);
  }
});
`,
      }],
      artifacts: ["src/loan.js"],
    }),
    criterion({
      description: "node src/cli.js renew GENRE DAY prints the day on which a renewed loan is due",
      run: "node src/cli.js renew crime 1",
      stdout: "Due on day 17\n",
      artifacts: ["src/cli.js"],
      depends_on: [1],
    }),
  ],
};

/** An idea for a project of some twenty files whose tests pass: the first checks decide nothing. */
export function brownfieldTask(): IdeaTask {
  return {
    name: "brownfield",
    tool: "node",
    files: files(),
    git: true,
    idea: "A reader can renew a loan once, for as long again",
    screen: screenAnswer({
      goal: "A loan can be renewed once",
      verification: [{ text: "The tests pass, with a new one", run: "npm test" }],
      assumptions: [{ text: "A loan stays a plain object", reason: "the tests compare it so" }],
      questions: [{
        topic: "scope",
        text: "How often may a loan be renewed?",
        choices: [{ text: "Once", recommended: true }, { text: "As often as one likes" }],
      }],
    }),
    score: scoreAnswer(0.95),
    seeds: [FIRST, SECOND],
    work: { "1": { "src/loan.js": RENEWED_LOAN }, "2": { "src/cli.js": RENEWED_CLI } },
    frozen: ["preserve: true", "- test/**", "hidden: true", "renew.spec.js: |"],
  };
}
