/**
 * Writes `docs/tools.md` from the table of the MCP server's tools:
 * `deno run -A --lock=deno.lock --frozen .ci/tool_page.ts`.
 */
import { formerTool, formerToolNames } from "../lib/mcp/former_tools.ts";
import { type ListedTool, listTools } from "../lib/mcp/list_tools.ts";
import { RESOURCES } from "../lib/mcp/resources.ts";
import type { Tool, ToolClass } from "../lib/mcp/tool.ts";
import { TOOLS } from "../lib/mcp/tools.ts";

const CLASS: Readonly<Record<ToolClass, string>> = {
  query: "looks, marked read-only",
  starter: "starts work that goes on without it",
  mutation: "changes something",
};

/** The page's text, as the formatter takes it. */
export function toolPage(): string {
  const listed = listTools(TOOLS);
  return [
    "# Tools for hosts",
    "",
    "What `ouroboros mcp serve` offers, from the table of `lib/mcp/tools.ts`. Every answer comes as",
    "structure and as a text that suffices by itself. What goes wrong is an answer too: `error` with",
    "`code`, `message`, `hint` and `recoverable`, which says whether another call can succeed. A call",
    "is answered within its limit; what takes longer goes on by itself and is waited for.",
    "",
    "`cwd` is the project: the folder where the server was started or one below it, or a folder that",
    "is open in the host. Files are read from the project and from our own seeds, links followed.",
    "",
    ...TOOLS.flatMap((tool, index) => section(tool, listed[index]!)),
    "## Resources",
    "",
    "| Address | What it holds |",
    "| --- | --- |",
    ...RESOURCES.map(({ uri, title, description }) => `| \`${uri}\` | ${title}: ${description} |`),
    "",
    "Prompts: one for each skill, with `request` for what is wanted.",
    "",
    "## Names of the earlier Python server",
    "",
    "| Name | Now |",
    "| --- | --- |",
    ...formerToolNames().map((name) => `| \`${name}\` | ${formerTool(name)} |`),
    "",
  ].join("\n");
}

function section(tool: Tool, listed: ListedTool): string[] {
  const aliases = Object.entries(tool.aliases ?? {});
  const answers = Object.keys(listed.outputSchema.properties as object);
  return [
    `## ${tool.name}`,
    "",
    `${tool.description}`,
    "",
    `It ${CLASS[tool.class]}; at most ${tool.limitMs / 1_000} s.`,
    "",
    ...argumentRows(listed),
    `Answer: ${answers.map((name) => `\`${name}\``).join(", ")}.`,
    ...(aliases.length === 0 ? [] : [
      "",
      `Also taken: ${aliases.map(([alias, name]) => `\`${alias}\` for \`${name}\``).join(", ")}.`,
    ]),
    "",
  ];
}

function argumentRows({ inputSchema }: ListedTool): string[] {
  const required = (inputSchema.required ?? []) as string[];
  const properties = Object.entries(
    inputSchema.properties as Record<
      string,
      { type?: string; enum?: string[]; description?: string }
    >,
  );
  if (properties.length === 0) return [];
  return [
    "| Argument | Type | |",
    "| --- | --- | --- |",
    ...properties.map(([name, { type, enum: words, description = "" }]) => {
      const kind = words?.join(", ") ?? type ?? "any";
      const must = required.includes(name) ? "required" : "";
      return `| \`${name}\` | ${kind} | ${[must, description].filter((one) => one).join("; ")} |`;
    }),
    "",
  ];
}

if (import.meta.main) {
  const path = new URL("../docs/tools.md", import.meta.url);
  Deno.writeTextFileSync(path, toolPage());
  const { code } = new Deno.Command(Deno.execPath(), {
    args: [
      "fmt",
      "-q",
      "--config",
      new URL("../deno.json", import.meta.url).pathname,
      path.pathname,
    ],
  }).outputSync();
  Deno.exit(code);
}
