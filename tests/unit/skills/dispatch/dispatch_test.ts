/** The grammar of `ooo`, by its worked examples. */
import { assert, assertEquals } from "@std/assert";
import { type Dispatch, dispatch } from "../../../../lib/skills/dispatch/dispatch.ts";
import { skillIndex } from "../../../../lib/skills/dispatch/skill_index.ts";
import { parseSkill } from "../../../../lib/skills/parse_skill.ts";

/** Bundles as they are written, by their folders. */
const BUNDLES: Readonly<Record<string, string>> = {
  interview: `metadata:
  ouroboros-tool: ouroboros_interview
  ouroboros-args: '{"initial_context": "$args", "cwd": "$CWD"}'
  ouroboros-verbs: '{"answer": {"answer": "$args", "cwd": "$CWD"}}'
  ouroboros-aliases: socratic`,
  run: `metadata:
  ouroboros-tool: ouroboros_start_execute_seed
  ouroboros-args: '{"seed_path": "$FILE", "cwd": "$CWD", "max_usd": "$max_usd"}'
  ouroboros-aliases: execute`,
  status: `metadata:
  ouroboros-tool: ouroboros_session_status
  ouroboros-args: '{"session_id": "$1"}'`,
  auto: `metadata:
  ouroboros-tool: ouroboros_start_auto
  ouroboros-args: '{"goal": "$goal", "rounds": "$max_rounds", "skip_run": "$skip_run?"}'`,
  cancel: `metadata:
  ouroboros-tool: ouroboros_cancel_execution
  ouroboros-args: '{"execution_id": "$1!", "why": "$why"}'`,
  help: "metadata: { ouroboros-aliases: welcome }",
  mine: 'mcp_tool: my_tool\nmcp_args: { text: "$1", note: "in $CWD", many: ["$1", 2, true] }',
  odd: "mcp_tool: my tool\nmcp_args: {}",
  bare: "mcp_tool: my_tool",
  dated: "mcp_tool: my_tool\nmcp_args: { at: 2024-01-01 }",
  broken: "metadata: [",
};

const INDEX = skillIndex(
  Object.entries(BUNDLES).map(([name, lines]) => ({
    name,
    files: [],
    result: parseSkill(
      new TextEncoder().encode(`---\nname: ${name}\ndescription: d\n${lines}\n---\nDo it\n`),
      name,
    ),
  })),
);

const CWD = "/project";
const AROUND = { cwd: CWD, isFile: (path: string) => path === "./my seed.yaml" };

/** What becomes of a prompt, in few words: the tool with its arguments, or why there is none. */
function told(found: Dispatch): [string, Record<string, unknown>?] {
  if (found.kind === "resolved") return [found.tool, found.args];
  if (found.kind === "invalid_skill") return [`${found.skill}: ${found.reason}`];
  return [found.reason];
}

const interview = (context: string): [string, Record<string, unknown>] => [
  "ouroboros_interview",
  { initial_context: context, cwd: CWD },
];
const run = (path: string): [string, Record<string, unknown>] => [
  "ouroboros_start_execute_seed",
  { seed_path: path, cwd: CWD },
];

const EXAMPLES: readonly [prompt: string, wanted: [string, Record<string, unknown>?]][] = [
  ["ooo interview add dark mode", interview("add dark mode")],
  ['ooo interview "add dark mode"', interview("add dark mode")],
  ["ooo interview ‘add dark mode’", interview("add dark mode")],
  ["ooo interview “add dark mode”", interview("add dark mode")],
  ['ooo interview "add" and "remove"', interview('"add" and "remove"')],
  ["ooo interview don't break login", interview("don't break login")],
  ["ooo interview 'don't break login'", interview("'don't break login'")],
  ["ooo interview\nA paragraph.\n\n  Another one.\n", interview("A paragraph.\n\n  Another one.")],
  ["ooo interview add\r\nmany lines", interview("add\r\nmany lines")],
  ["  OOO Interview x", interview("x")],
  ["\n\tooo\tinterview   x", interview("x")],
  ["ooo interview add --force to the command", interview("add --force to the command")],
  ["ooo interview costs $1, in $CWD or $args", interview("costs $1, in $CWD or $args")],
  ["ooo interview", ["ouroboros_interview", { cwd: CWD }]],
  ['ooo interview ""', ["ouroboros_interview", { cwd: CWD }]],
  ["ooo socratic x", interview("x")],
  ["ooo answer yes, but\nnot now", [
    "ouroboros_interview",
    { answer: "yes, but\nnot now", cwd: CWD },
  ]],
  ["ooo run ./my seed.yaml", run("./my seed.yaml")],
  ['ooo run "./other seed.yaml"', run("./other seed.yaml")],
  ["ooo run ./other seed.yaml", ["run: invalid_command"]],
  ['ooo run "./other seed.yaml" now', ["run: invalid_command"]],
  ["ooo run x.yaml --max-usd 2", [
    "ouroboros_start_execute_seed",
    { seed_path: "x.yaml", cwd: CWD, max_usd: 2 },
  ]],
  ["ooo run x.yaml --max-tokens 10", ["run: invalid_command"]],
  ["ooo run x.yaml --max-usd 2 --jobs=9", ["run: invalid_command"]],
  ["ooo run -- --odd.yaml", run("--odd.yaml")],
  ["ooo run C:\\work\\seed.yaml", run("C:\\work\\seed.yaml")],
  ["ooo run", ["ouroboros_start_execute_seed", { cwd: CWD }]],
  ["ooo execute x.yaml", run("x.yaml")],
  ["ooo status", ["ouroboros_session_status", {}]],
  ["ooo status abc123", ["ouroboros_session_status", { session_id: "abc123" }]],
  ["ooo cancel abc123", ["ouroboros_cancel_execution", { execution_id: "abc123" }]],
  ["ooo cancel", ["cancel: invalid_command"]],
  ["ooo cancel --why late", ["cancel: invalid_command"]],
  ["ooo cancel abc123 --why late", [
    "ouroboros_cancel_execution",
    { execution_id: "abc123", why: "late" },
  ]],
  ["ooo cancel abc123 --force", ["cancel: invalid_command"]],
  ["ooo cancel -- --force", ["ouroboros_cancel_execution", { execution_id: "--force" }]],
  ["ooo status abc123 y z", ["status: invalid_command"]],
  ['ooo status "abc123"', ["ouroboros_session_status", { session_id: "abc123" }]],
  ["/ouroboros:run x.yaml", run("x.yaml")],
  ["/OUROBOROS:run x.yaml", run("x.yaml")],
  ["ooo:run x", run("x")],
  ["/ouroboros: run", ["not_a_command"]],
  ["/ouroboros run", ["not_a_command"]],
  ["ooo: run", ["not_a_command"]],
  ["ouroboros run x", ["not_a_command"]],
  ["ooo eval abc", ["not_here"]],
  ["ooo evaluate abc", ["not_here"]],
  ["ooo ralph", ["not_here"]],
  ["ooo nosuch", ["unknown_skill"]],
  ["ooo __proto__", ["not_a_command"]],
  ["ooo constructor", ["unknown_skill"]],
  ["ooo", ["no_tool"]],
  ["/ouroboros", ["no_tool"]],
  ["ooo help me", ["no_tool"]],
  ["ooo welcome", ["no_tool"]],
  ["ooo\ninterview x", ["not_a_command"]],
  ["please ooo run x", ["not_a_command"]],
  ["oooh run x", ["not_a_command"]],
  ["ooo interview: x", ["not_a_command"]],
  ["ooo, run x", ["not_a_command"]],
  ["yes", ["not_a_command"]],
  ["", ["not_a_command"]],
  ["ooo auto build it", ["ouroboros_start_auto", { goal: "build it" }]],
  ["ooo auto --max-rounds 3 --skip-run build it", [
    "ouroboros_start_auto",
    { goal: "build it", rounds: 3, skip_run: true },
  ]],
  ["ooo auto build\nit --max-rounds=3 now", [
    "ouroboros_start_auto",
    { goal: "build\nit now", rounds: 3 },
  ]],
  ['ooo auto --max-rounds "3" "build it"', [
    "ouroboros_start_auto",
    { goal: "build it", rounds: "3" },
  ]],
  ["ooo auto build -- --max-rounds", ["ouroboros_start_auto", { goal: "build --max-rounds" }]],
  ["ooo auto build it --max-rounds", ["auto: invalid_command"]],
  ["ooo auto --max-rounds --skip-run", ["auto: invalid_command"]],
  ["ooo auto --skip-run --skip-run", ["auto: invalid_command"]],
  ["ooo auto --skip-run=no", ["auto: invalid_command"]],
  ["ooo mine a b", ["my_tool", { text: "a b", note: "in /project", many: ["a b", 2, true] }]],
  ["ooo mine a --force", [
    "my_tool",
    { text: "a --force", note: "in /project", many: ["a --force", 2, true] },
  ]],
  ["ooo mine", ["my_tool", { note: "in /project", many: [2, true] }]],
  ["ooo odd", ["odd: invalid_tool"]],
  ["ooo bare", ["bare: invalid_args"]],
  ["ooo dated", ["dated: invalid_args"]],
  ["ooo broken", ["broken: invalid_yaml"]],
];

for (const [prompt, wanted] of EXAMPLES) {
  Deno.test(`dispatch of ${JSON.stringify(prompt)}: ${wanted[0]}`, () => {
    assertEquals(told(dispatch(prompt, INDEX, AROUND)), wanted);
  });
}

Deno.test("an unknown word is told with the nearest, one of the earlier system with what there is", () => {
  const slip = dispatch("ooo intervew x", INDEX, AROUND);
  assert(slip.kind === "not_handled" && slip.reason === "unknown_skill");
  assertEquals([slip.word, slip.nearest], ["intervew", "interview"]);
  const gone = dispatch("ooo eval", INDEX, AROUND);
  assert(gone.kind === "not_handled" && gone.reason === "not_here");
  assertEquals([gone.word, gone.told.instead], ["eval", "ouroboros check SEED"]);
});
