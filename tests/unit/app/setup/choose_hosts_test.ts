import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import type { FoundRuntime } from "../../../../lib/app/list_runtimes.ts";
import {
  type HostChoice,
  namedHosts,
  obviousHosts,
  withoutName,
} from "../../../../lib/app/setup/choose_hosts.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { createRegistry } from "../../../../lib/runtimes/mod.ts";
import { plain } from "../../../helpers/setup_app.ts";

const DEFINITIONS = [plain("ant", { aliases: ["formica"] }), plain("bee"), plain("cat")];

function choice(here: readonly string[], configured: string | null = null): HostChoice {
  return {
    registry: createRegistry(DEFINITIONS),
    configured,
    hosts: DEFINITIONS.map((definition) => ({
      definition,
      program: definition.id,
      found: {
        id: definition.id,
        path: here.includes(definition.id) ? `/bin/${definition.id}` : null,
        install: `get ${definition.id}`,
      } as FoundRuntime,
    })),
  };
}

const ids = (chosen: ReturnType<typeof obviousHosts>) =>
  chosen && [chosen.hosts.map((one) => one.definition.id), chosen.backend];

Deno.test("names count in their order, once, by alias and in any case", () => {
  const all = choice(["ant", "bee", "cat"]);
  assertEquals(ids(namedHosts(["CAT", "formica", "cat"], all)), [["cat", "ant"], "cat"]);
  assertEquals(ids(namedHosts(["bee", "all"], all)), [["bee", "ant", "cat"], "bee"]);
});

Deno.test("one name alone becomes the runtime; of several the first, where none is configured", () => {
  const here = ["ant", "bee"];
  assertEquals(ids(namedHosts(["bee"], choice(here, "ant"))), [["bee"], "bee"]);
  assertEquals(ids(namedHosts(["bee", "ant"], choice(here, "cat"))), [["bee", "ant"], null]);
  assertEquals(ids(namedHosts(["all"], choice(["bee"], "ant"))), [["bee"], null]);
  assertEquals(ids(namedHosts(["all"], choice(here))), [["ant", "bee"], "ant"]);
});

Deno.test("without a name the configured runtime stays as it is, here or not", () => {
  assertEquals(ids(obviousHosts(choice(["ant", "bee"], "bee"))), [["bee"], null]);
  assertEquals(ids(obviousHosts(choice(["ant"], "bee"))), [["ant"], null]);
  assertEquals(ids(obviousHosts(choice(["ant"]))), [["ant"], "ant"]);
  assertEquals(obviousHosts(choice(["ant", "bee"])), undefined);
  const all = choice(["ant", "bee"], "bee");
  assertEquals(ids(withoutName(all.hosts.slice(0, 2), all)), [["ant", "bee"], null]);
});

Deno.test("where no host is here, how to install each is said", () => {
  for (const attempt of [() => obviousHosts(choice([])), () => namedHosts(["all"], choice([]))]) {
    const error = assertThrows(attempt, OuroborosError);
    assertEquals(error.exitCode, 6);
    for (const id of ["ant", "bee", "cat"]) assertStringIncludes(error.hint ?? "", `get ${id}`);
  }
});
