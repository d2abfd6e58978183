import { assertEquals } from "@std/assert";
import { makeTargets, nodeTool } from "../../../lib/checks/project_tools.ts";

Deno.test("Of several locks the same one decides, in whatever order they are listed", () => {
  const locks = ["bun.lock", "bun.lockb", "package-lock.json", "yarn.lock", "pnpm-lock.yaml"];
  const names: string[] = [];
  for (let count = 0; count <= locks.length; count++) {
    const { name } = nodeTool(locks.slice(0, count));
    assertEquals(nodeTool(locks.slice(0, count).reverse()).name, name);
    names.push(name);
  }
  assertEquals(names, ["npm", "bun", "bun", "bun", "yarn", "pnpm"]);
  assertEquals(nodeTool(["bun.lockb"]).lock, "bun.lockb");
});

Deno.test("Targets of a makefile are what stands before the colon of a rule", () => {
  const text = [
    "all test: a",
    "build ::",
    "lint:; eslint .",
    "A := 1",
    "B ::= 2",
    "C = a:b",
    "\tindented: x",
    "$(OUT): x",
    "%.o: %.c",
    ": nothing",
  ].join("\n");
  assertEquals([...makeTargets(text)], ["all", "test", "build", "lint"]);
});
