import { assertEquals } from "@std/assert";
import {
  CONFIG_MIGRATIONS,
  CONFIG_VERSION,
  migrateConfig,
} from "../../../lib/config/migrate_config.ts";

Deno.test("there is one step for every version", () => {
  assertEquals(CONFIG_MIGRATIONS.length, CONFIG_VERSION);
});

Deno.test("the original's file becomes the present one, the rest is kept", () => {
  const document = {
    llm: { backend: "x" },
    orchestrator: {
      runtime_backend: "a",
      permission_mode: "acceptEdits",
      a_permission_mode: "default",
    },
  };
  const before = structuredClone(document);
  assertEquals(migrateConfig(document), {
    from: 0,
    document: {
      version: 1,
      llm: { backend: "x" },
      orchestrator: { runtime_backend: "a" },
      run: { permission: "acceptEdits" },
      runtimes: { a: { permission: "default" } },
    },
  });
  assertEquals(document, before);
});

Deno.test("what is there already is not overwritten by an old name", () => {
  assertEquals(
    migrateConfig({
      orchestrator: { permission_mode: "acceptEdits", a_permission_mode: "default" },
      run: { permission: "full", attempts: 2 },
      runtimes: { a: { permission: "edit", model: "m" } },
    })?.document,
    {
      version: 1,
      orchestrator: {},
      run: { permission: "full", attempts: 2 },
      runtimes: { a: { permission: "edit", model: "m" } },
    },
  );
});

Deno.test("steps run in order from the file's version, and a later version is refused", () => {
  const steps = [1, 2, 3].map((n) => (one: Record<string, unknown>) => ({
    ...one,
    seen: [...(one.seen as number[] ?? []), n],
  }));
  assertEquals(migrateConfig({ version: 1 }, steps), {
    from: 1,
    document: { version: 3, seen: [2, 3] },
  });
  assertEquals(migrateConfig({ version: 3 }, steps)?.document, { version: 3 });
  for (const version of [4, -1, 1.5, "two"]) assertEquals(migrateConfig({ version }, steps), null);
});
