import { assert, assertEquals } from "@std/assert";
import { maskSecrets } from "../../../../lib/cli/render/mask_secrets.ts";

/** Of the usual form; made here, so that nobody takes it for a real one. */
const TOKEN = `ghp_${"a1B2".repeat(6)}`;

const HIDDEN: readonly [string, string][] = [
  ['  "API_KEY": "abc123def456",', '  "API_KEY": "…",'],
  ["github_token = 'abc123def456'  # mine", "github_token = '…'  # mine"],
  ["    password: hunter2 and more", "    password: …"],
  ['headers = { Authorization = "Bearer abc.def.ghi" }', 'headers = { Authorization = "…" }'],
  ['{"a":{"SECRET":"abc123def","b":1}}', '{"a":{"SECRET":"…","b":1}}'],
  [`args: ["--key", "${TOKEN}"]`, 'args: ["--key", "…"]'],
  ["url: https://ada:lovelace@example.com/x", "url: https://ada:…@example.com/x"],
];

const SHOWN = [
  'env_vars = ["OPENAI_API_KEY", "GITHUB_TOKEN"]',
  '      OPENAI_API_KEY: "${OPENAI_API_KEY}"',
  '"apiKey": "{env:OPENAI_API_KEY}"',
  'command = "/home/ada/.local/bin/ouroboros"',
  "use_tokens: true",
  "max_tokens = 4096",
];

Deno.test("values that look like secrets are hidden, and nothing around them", () => {
  for (const [line, wanted] of HIDDEN) assertEquals(maskSecrets(line), wanted);
});

Deno.test("names, placeholders and plain values are shown", () => {
  for (const line of SHOWN) assertEquals(maskSecrets(line), line);
});

Deno.test("a megabyte in one line takes no longer than its length asks for", () => {
  const long = [
    "a".repeat(1_000_000),
    "key".repeat(300_000),
    `"key"${" ".repeat(1_000_000)}x`,
    `${"sk-".repeat(300_000)}!`,
    "://".repeat(300_000),
  ];
  for (const line of long) {
    const begun = performance.now();
    maskSecrets(line);
    // Milliseconds; what is quadratic takes many minutes.
    assert(performance.now() - begun < 20_000, line.slice(0, 10));
  }
});
