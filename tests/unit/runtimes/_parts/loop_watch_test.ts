import { assertEquals } from "@std/assert";
import type { RuntimeEvent } from "../../../../lib/kernel/runtime_event.ts";
import { claude } from "../../../../lib/runtimes/claude.ts";
import { codex } from "../../../../lib/runtimes/codex.ts";
import type { RuntimeDefinition } from "../../../../lib/runtimes/definition.ts";

const REQUEST = {
  prompt: "Go",
  cwd: "/work",
  scratchDir: "/scratch",
  permission: "edit",
  self: [],
} as const;

/** Lines of one ended call: number of the call, what was asked, what came of it. */
type CallLines = (n: number, asked: string, result: string) => unknown[];

const CODEX: CallLines = (n, command, aggregated_output) => [{
  type: "item.completed",
  item: {
    id: `item_${n}`,
    type: "command_execution",
    command,
    aggregated_output,
    exit_code: 0,
    status: "completed",
  },
}];

const CLAUDE: CallLines = (n, command, content) => [
  {
    type: "assistant",
    message: {
      id: `msg_${n}`,
      content: [{ type: "tool_use", id: `c${n}`, name: "Bash", input: { command } }],
    },
  },
  {
    type: "user",
    message: { content: [{ type: "tool_result", tool_use_id: `c${n}`, content }] },
  },
];

function decode(definition: RuntimeDefinition, lines: unknown[]) {
  const state = definition.decode.start(REQUEST);
  const events: RuntimeEvent[] = lines.flatMap((line) =>
    definition.decode.line(state, "stdout", JSON.stringify(line))
  );
  const outcome = definition.decode.finish(state, {
    reason: "failed",
    code: null,
    signal: "SIGINT",
    stderrTail: "",
  });
  return { outcome, gaveUp: events.filter((event) => event.type === "give_up").length };
}

const times = (count: number, one: (n: number) => unknown[]) =>
  Array.from({ length: count }, (_, n) => one(n)).flat();

for (
  const [definition, call] of [[codex, CODEX], [claude, CLAUDE]] as [RuntimeDefinition, CallLines][]
) {
  Deno.test(`loop: ${definition.id} is ended once when one call goes round in a circle`, () => {
    const { outcome, gaveUp } = decode(definition, times(40, (n) => call(n, "true", "")));
    assertEquals([gaveUp, outcome.reason, outcome.code], [1, "failed", "turn_limit"]);
    assertEquals(typeof outcome.hint, "string");
  });

  Deno.test(`loop: ${definition.id} goes on while a call or its result changes`, () => {
    const work = [
      ...times(40, (n) => call(n, "npm test", `${n} tests pass`)),
      ...times(40, (n) => call(100 + n, `cat file${n % 2}`, "")),
    ];
    assertEquals(decode(definition, work).gaveUp, 0);
  });
}
