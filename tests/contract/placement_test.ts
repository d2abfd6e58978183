/** What setup may rely on in every host's placement. */
import { assert, assertEquals } from "@std/assert";
import { forwardedEnvNames } from "../../lib/config/environment.ts";
import { type FileValue, type Placement, REGISTRY } from "../../lib/runtimes/mod.ts";
import { edit, readEntry } from "../../lib/setup/edit/edit.ts";
import { launcherWords, ownerOf } from "../../lib/setup/edit/launcher.ts";

const LAUNCHER = ["/home/ada/.local/bin/ouroboros", "mcp", "serve"];
const NAMES = forwardedEnvNames(REGISTRY, "linux");
const HOSTS = REGISTRY.all.flatMap((one) =>
  one.placement ? [{ id: one.id, placement: one.placement }] : []
);

function each(promise: string, body: (placement: Placement, id: string) => void): void {
  for (const { id, placement } of HOSTS) {
    Deno.test(`${id}: ${promise}`, () => body(placement, id));
  }
}

Deno.test("every runtime that is a program of its own is a host too", () => {
  const external = REGISTRY.all.filter((one) => one.binary.kind === "external");
  assertEquals(HOSTS.map((one) => one.id), external.map((one) => one.id));
});

each("its entry starts our launcher, and is known again as ours", ({ mcp }) => {
  const result = edit(mcp.format, "", [{
    op: "set",
    path: mcp.keyPath,
    value: mcp.entry(LAUNCHER, NAMES),
  }]);
  assert(result.ok, JSON.stringify(result));
  const found = readEntry(mcp.format, result.text, mcp.keyPath);
  assert(found.ok && found.state === "present", JSON.stringify(found));
  assertEquals(launcherWords(found.value), LAUNCHER);
  assertEquals(ownerOf(found.value, LAUNCHER), "ours");
});

each("its entry hands variables on by name and holds no value", ({ mcp }) => {
  const held = leaves(mcp.entry(LAUNCHER, NAMES));
  const named = held.filter((text) => NAMES.includes(text.replace(/^\$\{(.*)\}$/, "$1")));
  if (mcp.environment === "all") return assertEquals(named, []);
  for (const name of ["_OUROBOROS_DEPTH", "OPENAI_API_KEY", "HTTPS_PROXY", "CODEX_HOME"]) {
    assert(named.some((text) => text === name || text === `\${${name}}`), name);
  }
});

each("its approvals name the tools that they are for, and nothing else", ({ approval, mcp }) => {
  assertEquals(approval.approve([]), []);
  const changes = approval.approve(["ouroboros_session_status"]);
  if (approval.unasked === "none") assert(changes.length > 0);
  for (const change of changes) {
    assert(JSON.stringify(change).includes("ouroboros_session_status"));
    assert(edit(approval.file?.format ?? mcp.format, "", changes).ok);
  }
});

each("our skills carry a prefix, and no path leads out of the host's folder by chance", (one) => {
  assert(/^[a-z]+-$/.test(one.skills.prefix));
  assert(!one.skills.dir.includes(".."));
  for (const file of [...one.mcp.files, ...one.mcp.movedFiles ?? []]) {
    // One file lies beside its folder.
    assert(/^(\.\.\/)?[\w.-]+$/.test(file), file);
  }
  assertEquals(one.mcp.keyPath.at(-1), "ouroboros");
  assert(one.firstWords.includes("SKILL"));
  assert(one.tried.facts.length > 0);
});

/** Every text in a value. */
function leaves(value: FileValue): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object") return [];
  return Object.values(value).flatMap((one) => leaves(one as FileValue));
}
