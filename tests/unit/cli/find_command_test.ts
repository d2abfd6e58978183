import { assertEquals, assertThrows } from "@std/assert";
import { OLD_SPELLINGS } from "../../../lib/cli/old_spellings.ts";
import { commandsUnder, findCommand } from "../../../lib/cli/find_command.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";

function refusal(...argv: string[]) {
  const { code, message, hint } = assertThrows(() => findCommand(argv), OuroborosError);
  return { code, message, hint };
}

Deno.test("a command of one word or two is found, and the words behind it are left", () => {
  const run = findCommand(["run", "seed.yaml"]);
  assertEquals([run.entry.name, run.rest, run.note], ["run", ["seed.yaml"], undefined]);
  const validate = findCommand(["seed", "validate", "a"]);
  assertEquals([validate.entry.name, validate.rest], ["seed validate", ["a"]]);
});

Deno.test("every former spelling leads to a command, and says which", () => {
  for (const [typed, name] of Object.entries(OLD_SPELLINGS)) {
    const { entry, rest, note } = findCommand([...typed.split(" "), "x"]);
    assertEquals([entry.name, rest], [name, ["x"]]);
    assertEquals(note, `"${typed}" is called "${name}" now`);
  }
});

Deno.test("names of every object are no commands", () => {
  for (const word of ["constructor", "__proto__", "toString"]) {
    assertEquals(refusal(word).message, `Unknown command "${word}"`);
  }
});

Deno.test("what was probably meant is said, and nothing where nothing is near", () => {
  const hint = (word: string) => refusal(word).hint;
  assertEquals(hint("statsu"), "Did you mean: ouroboros status? All commands: ouroboros --help");
  assertEquals(hint("nonsense"), "All commands: ouroboros --help");
  assertEquals(hint("my seed.yml"), 'ouroboros run "my seed.yml"');
  assertEquals(
    hint("reject coupons "),
    'To have an agent do it: ouroboros run "reject coupons" --check CMD',
  );
});

Deno.test("a slip behind init begins no interview about that word, and an idea begins one", () => {
  assertEquals(
    refusal("init", "lst").hint,
    "Did you mean: ouroboros init list? An idea of one word: ouroboros interview lst",
  );
  assertEquals(findCommand(["init", "coupons"]).entry.name, "interview");
  assertEquals(findCommand(["init", "list all coupons"]).entry.name, "interview");
});

Deno.test("half a command and an option in front are told apart from unknown words", () => {
  assertEquals(refusal("seed"), {
    code: "usage",
    message: 'Say what to do with "seed": "list", "show", "edit", "diff", "validate" or "schema"',
    hint: "ouroboros seed --help",
  });
  assertEquals(
    refusal("--json", "runs").message,
    'Unknown option "--json": options stand behind a command',
  );
  assertEquals(commandsUnder("run"), []);
});
