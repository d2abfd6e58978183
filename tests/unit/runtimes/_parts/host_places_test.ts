import { assertEquals } from "@std/assert";
import { hostPlaces } from "../../../../lib/runtimes/_parts/host_places.ts";
import { REGISTRY } from "../../../../lib/runtimes/mod.ts";
import type { Placement } from "../../../../lib/runtimes/_parts/placement.ts";

/** The places of one runtime for a user whose home is /home/ada. */
function placesOf(id: string, variables: Record<string, string> = {}) {
  const placement = REGISTRY.require(id).placement as Placement;
  const { mcp, skills, approval, moved, relative } = hostPlaces(placement, {
    home: "/home/ada",
    variable: (name) => variables[name],
  });
  return { mcp, skills, approval, movedBy: moved.map((one) => one.name), moved, relative };
}

Deno.test("where each host reads, for a user who moved nothing", () => {
  assertEquals(placesOf("claude"), {
    mcp: ["/home/ada/.claude.json"],
    skills: "/home/ada/.claude/skills",
    approval: "/home/ada/.claude/settings.json",
    movedBy: [],
    moved: [],
    relative: [],
  });
  assertEquals(placesOf("codex"), {
    mcp: ["/home/ada/.codex/config.toml"],
    skills: "/home/ada/.codex/skills",
    approval: undefined,
    movedBy: [],
    moved: [],
    relative: [],
  });
  assertEquals(placesOf("opencode").mcp, [
    "/home/ada/.config/opencode/opencode.jsonc",
    "/home/ada/.config/opencode/opencode.json",
    "/home/ada/.config/opencode/config.json",
  ]);
  assertEquals(placesOf("hermes"), {
    mcp: ["/home/ada/.hermes/config.yaml"],
    skills: "/home/ada/.hermes/skills/autonomous-ai-agents/ouroboros",
    approval: undefined,
    movedBy: [],
    moved: [],
    relative: [],
  });
});

Deno.test("a variable moves the folder, and the file of the server with it", () => {
  const claude = placesOf("claude", { CLAUDE_CONFIG_DIR: "/cfg/" });
  assertEquals(claude, {
    mcp: ["/cfg/.claude.json"],
    skills: "/cfg/skills",
    approval: "/cfg/settings.json",
    movedBy: ["CLAUDE_CONFIG_DIR"],
    moved: [{ name: "CLAUDE_CONFIG_DIR", path: "/cfg", kind: "folder", moved: "/cfg" }],
    relative: [],
  });
  assertEquals(placesOf("codex", { CODEX_HOME: "/cx" }).mcp, ["/cx/config.toml"]);
  assertEquals(placesOf("hermes", { HERMES_HOME: "/hh" }).movedBy, ["HERMES_HOME"]);
});

Deno.test("OpenCode: its own variables stand before XDG_CONFIG_HOME, and one names the file alone", () => {
  const XDG_CONFIG_HOME = "/xdg";
  const xdg = placesOf("opencode", { XDG_CONFIG_HOME });
  assertEquals([xdg.skills, xdg.movedBy], ["/xdg/opencode/skills", ["XDG_CONFIG_HOME"]]);
  const dir = placesOf("opencode", { XDG_CONFIG_HOME, OPENCODE_CONFIG_DIR: "/oc" });
  assertEquals([dir.skills, dir.movedBy], ["/oc/skills", ["OPENCODE_CONFIG_DIR"]]);
  const file = placesOf("opencode", { XDG_CONFIG_HOME, OPENCODE_CONFIG: "/one.json" });
  assertEquals([file.mcp, file.skills], [["/one.json"], "/xdg/opencode/skills"]);
  assertEquals(file.moved, [
    { name: "XDG_CONFIG_HOME", path: "/xdg", kind: "folder", moved: "/xdg/opencode" },
    { name: "OPENCODE_CONFIG", path: "/one.json", kind: "file", moved: "/one.json" },
  ]);
});

Deno.test("a relative value moves nothing, and is told: it would mean another place in every folder", () => {
  for (const value of ["cfg", "./cfg", "~/cfg", "~"]) {
    for (const [id, name] of VARIABLES) {
      const { relative, ...places } = placesOf(id, { [name]: value });
      assertEquals(relative, [{ name, value }]);
      assertEquals({ ...places, relative: [] }, placesOf(id));
    }
  }
  for (const [id, name] of VARIABLES) assertEquals(placesOf(id, { [name]: "" }), placesOf(id));
  const OPENCODE_CONFIG_DIR = "/oc";
  assertEquals(placesOf("opencode", { OPENCODE_CONFIG_DIR, XDG_CONFIG_HOME: "x" }).relative, []);
});

/** Every variable that moves a place, with a host that it moves. */
const VARIABLES = REGISTRY.all.flatMap(({ id, placement }) =>
  placement === undefined ? [] : [
    placement.home.env,
    placement.home.xdg === undefined ? undefined : "XDG_CONFIG_HOME",
    placement.mcp.fileEnv,
  ].flatMap((name) => name === undefined ? [] : [[id, name] as const])
);
