import { assert, assertEquals } from "@std/assert";
import { looksSecret, namesSecret, withoutSecrets } from "../../../lib/config/secret_like.ts";

// Put together here: no file of this program holds anything that looks like a key.
const SECRET = `${"sk"}-abc123`;

Deno.test("names of variables, models, paths and durations do not look like secrets", () => {
  for (
    const text of [
      "OPENAI_API_KEY",
      "AWS_SECRET_ACCESS_KEY",
      "claude-opus-4-20250514",
      "anthropic/claude-sonnet-4-5-20250929",
      "/usr/local/bin/some-agent",
      "90s",
      "a_name_that_is_long_and_has_2_digits_1",
    ]
  ) assert(!looksSecret(text), text);
});

Deno.test("what providers hand out does", () => {
  for (
    const text of [SECRET, `${"gh"}p_x`, `${"AKIA"}0123456789AB`, "a1B2c3D4e5F6g7H8i9J0k1L2m3"]
  ) {
    assert(looksSecret(text), text);
  }
});

Deno.test("a count of tokens is no token", () => {
  assert(namesSecret("access_token"));
  assert(!namesSecret("max_tokens"));
});

Deno.test("a line is shown without what is not for other eyes", () => {
  const hidden = "(not shown)";
  const cases = {
    "api_key: letmein # mine": `api_key: ${hidden} # mine`,
    "{ password: 'a b', attempts: 3 }": `{ password: ${hidden}, attempts: 3 }`,
    [`model: ${SECRET}`]: `model: ${hidden}`,
    "max_tokens: 5000": "max_tokens: 5000",
    "runtime_backend: codex": "runtime_backend: codex",
    "pass: [NPM_TOKEN, OPENAI_API_KEY]": "pass: [NPM_TOKEN, OPENAI_API_KEY]",
    "- a1B2c3D4e5F6g7H8i9J0k1L2m3": `- ${hidden}`,
  };
  for (const [line, shown] of Object.entries(cases)) assertEquals(withoutSecrets(line), shown);
});
