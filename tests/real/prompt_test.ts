import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { realTest } from "../helpers/real_agents.ts";
import { type Bench, withBench } from "../helpers/real_drive.ts";

/** The prompts that naive adapters fail on; each has to reach the model as it is. */
const PROMPTS: Record<string, string> = {
  "begins with a dash": "--help",
  "is an unknown slash command": "/no-such-command do",
};
const ODD = `One "two" 'three' $HOME \`x\`\n\n\tfour  five\n@file Grüße, 世界 🐍 e\u0301`;

async function reaches(bench: Bench, prompt: string): Promise<void> {
  const end = await bench.drive({ prompt });
  assertEquals(end.outcome.reason, "completed", end.why);
  const seen = bench.server.of("main").at(-1)?.seen?.prompts ?? [];
  assert(seen.some((text) => text.includes(prompt)), `the model saw: ${seen.join("\n--\n")}`);
}

for (const [what, prompt] of Object.entries(PROMPTS)) {
  realTest(
    `a prompt that ${what} reaches the model unchanged`,
    (agent) => withBench(agent, [{ text: "Read." }], (bench) => reaches(bench, prompt)),
  );
}

realTest(
  "a prompt of blanks is refused before anything starts",
  (agent) =>
    withBench(agent, [{ text: "What?" }], async ({ server, drive }) => {
      const end = await drive({ prompt: " \n\t \n" });
      assertEquals(end.outcome.reason, "not_started");
      assertEquals(end.outcome.code, "prompt_empty");
      assertEquals(server.requests.length, 0);
    }),
);

/** A long text whose every part can be told: numbered lines. */
function long(bytes: number): string {
  const lines: string[] = [];
  for (let size = 0; size < bytes; size += 32) {
    lines.push(`line ${String(lines.length).padStart(8, "0")} of a long task`);
  }
  return lines.join("\n");
}

realTest(
  "a prompt of 2 MB reaches the model whole, or is refused by name and 200 kB does",
  (agent) =>
    withBench(agent, [{ text: "Read." }], async (bench) => {
      for (const bytes of [2_000_000, 200_000]) {
        const prompt = long(bytes);
        const end = await bench.drive({ prompt });
        if (bytes > 1_000_000 && end.outcome.reason === "not_started") {
          assertEquals(end.outcome.code, "prompt_too_large");
          assert(end.outcome.hint, "no hint");
          assertEquals(bench.server.requests.length, 0);
          continue;
        }
        assertEquals(end.outcome.reason, "completed", end.why);
        const seen = bench.server.of("main").at(-1)?.seen?.prompts.join("\n") ?? "";
        if (seen.includes(prompt)) return;
        // Too long for an argument: the whole stands in a file that the prompt names.
        const file = /\/\S*scratch-1\/[\w.-]+/.exec(seen)?.[0];
        assert(file, `neither the prompt nor its file reached the model: ${seen.slice(-500)}`);
        assertEquals(await Deno.readTextFile(file), prompt);
        return;
      }
    }),
);

realTest(
  "standing instructions and a prompt of blanks, lines, quotes and other scripts reach the model " +
    "unchanged, and it works where it was told to, whatever PWD says",
  (agent) =>
    withBench(
      agent,
      [{ shell: "pwd -P > where.txt" }, { text: "Done." }],
      async ({ cwd, home, server, drive }) => {
        home.env.PWD = home.home;
        const end = await drive({ prompt: ODD, systemText: "Never touch the moon." });
        assertEquals(end.outcome.reason, "completed", end.why);
        assertEquals((await Deno.readTextFile(join(cwd, "where.txt"))).trim(), cwd);
        const body = JSON.stringify(server.of("main")[0]?.body);
        assert(body.includes("Never touch the moon."), "the instructions are lost");
        const seen = server.of("main")[0]?.seen?.prompts ?? [];
        assert(seen.some((text) => text.includes(ODD)), `the model saw: ${seen.join("\n--\n")}`);
      },
    ),
);
