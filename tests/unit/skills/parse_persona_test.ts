import { assertEquals } from "@std/assert";
import { parsePersona } from "../../../lib/skills/parse_persona.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

const WHOLE = `---
name: clown
description: Laughs
  at it
---

# Clown

Nothing is
serious.

## Approach

1. Look at it
   twice
2. Laugh

## Questions

- Who is it for?
* Why?
`;

Deno.test("a persona has its text and both of its lists, each item on one line", () => {
  assertEquals(parsePersona(bytes(WHOLE), "clown"), {
    ok: true,
    persona: {
      name: "clown",
      description: "Laughs at it",
      stance: "Nothing is serious.",
      approach: ["Look at it twice", "Laugh"],
      questions: ["Who is it for?", "Why?"],
    },
  });
});

const BROKEN: Record<string, [text: string, detail: string]> = {
  "no front matter": ["# Clown", 'It does not begin with a line "---"'],
  "another name": [WHOLE.replace("clown", "Clown"), '"name" is not "clown", as its file is called'],
  "a description that is no text": [
    WHOLE.replace(/description: .*\n.*\n/, "description: 1\n"),
    '"description" is no text',
  ],
  "no steps": [WHOLE.replace("## Approach", "## Way"), 'It has no list under "## Approach"'],
  "no questions": [WHOLE.replace(/[-*] .*\n/g, ""), 'It has no list under "## Questions"'],
  "no text": [WHOLE.replace("Nothing is\nserious.", ""), "It says nothing before its lists"],
};

for (const [name, [text, detail]] of Object.entries(BROKEN)) {
  Deno.test(`a persona with ${name} is refused with the reason`, () => {
    assertEquals(parsePersona(bytes(text), "clown"), { ok: false, detail });
  });
}
