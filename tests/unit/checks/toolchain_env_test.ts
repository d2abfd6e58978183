import { assertEquals } from "@std/assert";
import { TOOLCHAIN_ENV_NAMES } from "../../../lib/checks/toolchain_env.ts";

Deno.test("No name of a toolchain's variable is one that holds a secret, loads code or is ours", () => {
  const bad =
    /TOKEN|KEY|SECRET|PASSWORD|CREDENTIAL|AUTH|^LD_PRELOAD$|^NODE_OPTIONS$|^PYTHONPATH$|OUROBOROS|^GIT_/i;
  assertEquals(TOOLCHAIN_ENV_NAMES.filter((name) => bad.test(name)), []);
  assertEquals(new Set(TOOLCHAIN_ENV_NAMES).size, TOOLCHAIN_ENV_NAMES.length);
});
