import { PERMISSIONS } from "../../kernel/runtime_event.ts";
import type { RuntimeDefinition } from "../definition.ts";
import type { Placement } from "./placement.ts";

/** One runtime for people, as Markdown: what works, what does not, and the files that are touched. */
export function runtimePage(definition: RuntimeDefinition): string {
  const { title, docsUrl, binary, placement, limitations } = definition;
  return [
    `# ${title}`,
    "",
    "<!-- generated from lib/runtimes by .ci/runtime_pages.ts -->",
    "",
    ...binary.kind === "external"
      ? [
        `- Program: \`${
          binary.names.join("`, `")
        }\`, from version ${binary.lowestVersion}; [documentation](${docsUrl})`,
        `- Install: \`${binary.install}\``,
        `- Sign in: \`${binary.signIn.command}\``,
      ]
      : ["- Part of this program"],
    "",
    ...section("As a worker", confinement(definition)),
    ...section("Know before you choose it", limitations),
    ...placement ? hostSections(placement) : [],
  ].join("\n").trimEnd() + "\n";
}

function confinement({ permissions }: RuntimeDefinition): string[] {
  return PERMISSIONS.map((word) =>
    `\`${word}\`: ${permissions[word]?.confinement ?? "not offered by this CLI"}`
  );
}

function hostSections(placement: Placement): string[] {
  const { tried } = placement;
  return [
    ...section("Files that a setup touches", files(placement)),
    ...section("As a host", host(placement)),
    ...section(`What was found by running ${tried.version}`, tried.facts),
  ];
}

function files({ home, skills, mcp, approval }: Placement): string[] {
  const folder = `~/${home.path}`;
  const moved = [
    ...home.env === undefined ? [] : [`\`${home.env}\` names the folder`],
    ...home.xdg === undefined ? [] : [`\`XDG_CONFIG_HOME\` moves it to \`${home.xdg}\` below it`],
    ...mcp.fileEnv === undefined ? [] : [`\`${mcp.fileEnv}\` names the file of the entry`],
  ];
  const names = mcp.files.map((file) => `\`${below(folder, file)}\``);
  return [
    `Skills: \`${folder}/${skills.dir}/${skills.prefix}NAME/\``,
    `Entry of the server: \`${mcp.keyPath.join(".")}\` in ${
      names.length === 1
        ? names[0]
        : `the first of ${names.join(", ")} that is there, else ${names[0]}`
    }`,
    ...approval.file === undefined
      ? []
      : [`Approvals, if you say yes to them: \`${folder}/${approval.file.path}\``],
    ...moved.length === 0 ? [] : [`Elsewhere: ${moved.join("; ")}`],
  ];
}

function host({ mcp, approval, skills, instructions, restart, firstWords }: Placement): string[] {
  return [
    `Tools are named \`${mcp.toolPrefix}NAME\``,
    {
      all: "Tools run without a question when nobody can be asked",
      "read-only": "Only tools that are marked read-only run when nobody can be asked",
      none: "No tool runs when nobody can be asked, unless it was approved",
    }[approval.unasked],
    mcp.environment === "all"
      ? "The server gets your whole environment"
      : "The server gets the variables that the entry names, by name and never by value",
    ...instructions === undefined
      ? []
      : [`Your instructions for it stand in \`${instructions}\`; a setup leaves that alone`],
    restart,
    `Type first: \`${firstWords.replace("SKILL", `${skills.prefix}help`)}\``,
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, "", ...lines.map((line) => `- ${line}`), ""];
}

function below(folder: string, file: string): string {
  return file.startsWith("../")
    ? below(folder.replace(/\/[^/]*$/, ""), file.slice(3))
    : `${folder}/${file}`;
}
