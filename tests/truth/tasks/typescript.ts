import { BY_HEART, UNKNOWN_SOURCES, UNPROTECTED } from "../../helpers/truth_loss.ts";
import type { Task } from "../../helpers/truth_task.ts";

const DENO_TEST = `import { slug } from "./slug.ts";
function equal(a: unknown, b: unknown) { if (a !== b) throw new Error(\`\${a} is not \${b}\`); }
Deno.test("makes words one", () => equal(slug("A b"), "a-b"));
Deno.test({ name: "trims", fn() { equal(slug(" a "), "a"); } });
Deno.test({ name: "keeps numbers", fn: async (): Promise<void> => { await 0; equal(slug("A 1"), "a-1"); } });
Deno.test(function emptyStaysEmpty(): void { equal(slug(""), ""); });
`;
const SLUG =
  'export const slug = (text: string): string => text.trim().toLowerCase().replaceAll(" ", "-");\n';
const HIDDEN = {
  run: `deno eval 'import { slug } from "./slug.ts"; console.log(slug(" Two  b"))'`,
  expect: { stdout: "two--b" },
};

const denoTest: Task = {
  name: "TypeScript: deno test with one test by its name",
  language: "TypeScript",
  needs: "deno --version",
  base: { "deno.json": "{}", "slug_test.ts": DENO_TEST },
  checks: [{ run: "deno test --no-check --quiet --filter trims", protect: ["**/*_test.ts"] }],
  hidden: HIDDEN,
  right: [{ name: "the function", files: { "slug.ts": SLUG }, control: "full" }],
  wrong: [
    {
      name: "a function that does nothing",
      files: { "slug.ts": "export const slug = (text: string): string => text;\n" },
    },
    {
      name: "an exit when it is loaded",
      files: { "slug.ts": `${SLUG}Deno.exit(0);\n` },
      own: true,
      done: UNKNOWN_SOURCES,
    },
    {
      name: "settings that leave the tests out",
      files: {
        "deno.json": '{"test":{"exclude":["slug_test.ts"]}}',
        "mine_test.ts": 'Deno.test("trims", () => {});\n',
      },
      own: true,
      done: UNKNOWN_SOURCES,
    },
    {
      name: "the test told to be ignored",
      files: {
        "slug.ts": "export const slug = (text: string): string => text;\n",
        "slug_test.ts": DENO_TEST.replace('name: "trims",', 'name: "trims", ignore: true,'),
      },
      own: true,
      done: UNPROTECTED,
    },
    {
      name: "no more than that test asks for",
      files: { "slug.ts": "export const slug = (text: string): string => text.trim();\n" },
      own: true,
      done: BY_HEART,
    },
  ],
};

const typedTest: Task = {
  name: "TypeScript: deno test, types and all",
  language: "TypeScript",
  needs: "deno --version",
  base: { "slug_test.ts": DENO_TEST },
  checks: [{ run: "deno test --quiet", protect: ["**/*_test.ts"] }],
  hidden: HIDDEN,
  right: [{ name: "the function", files: { "slug.ts": SLUG }, control: "full" }],
  wrong: [],
};

const typesOnly: Task = {
  name: "TypeScript: types only",
  language: "TypeScript",
  needs: "deno --version",
  base: { "slug_test.ts": DENO_TEST },
  checks: [{ run: "deno check -q slug_test.ts", protect: ["**/*_test.ts"] }],
  hidden: HIDDEN,
  right: [{ name: "the function", files: { "slug.ts": SLUG }, control: "full" }],
  wrong: [
    { name: "a function of another type", files: { "slug.ts": "export const slug = 1;\n" } },
    {
      name: "a type and nothing behind it",
      files: { "slug.ts": "export const slug = (_: string): string => { throw new Error(); };\n" },
      own: true,
      done: {
        ways: ["plain", "protect", "strict"],
        why: "A check of types says nothing of what the work does",
        helps: "a second check, hidden or not, that runs it",
      },
    },
  ],
};

export const TYPESCRIPT_TASKS: readonly Task[] = [denoTest, typedTest, typesOnly];
