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
    ...section("When it is asked a question", question(definition)),
    ...section("Know before you choose it", limitations),
    ...placement ? hostSections(definition.id, placement) : [],
  ].join("\n").trimEnd() + "\n";
}

function confinement({ permissions }: RuntimeDefinition): string[] {
  return PERMISSIONS.map((word) =>
    `\`${word}\`: ${permissions[word]?.confinement ?? "not offered by this CLI"}`
  );
}

function question({ complete, capabilities }: RuntimeDefinition): string[] {
  if (!complete) return ["It answers none"];
  return [
    `In an empty folder: ${complete.confinement}`,
    complete.reads
      ? "It can be given a folder to look at, and changes nothing there"
      : "It cannot be given a folder: what reads there also writes",
    capabilities.structuredOutput === "native"
      ? "The form of the answer is handed to the model by the CLI"
      : "The form of the answer stands in the prompt",
  ];
}

function hostSections(id: string, placement: Placement): string[] {
  const { tried } = placement;
  return [
    ...section("Files that a setup touches", [...files(placement), ...further(id, placement)]),
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
    ...approvals(approval, folder),
    ...moved.length === 0
      ? []
      : [`Elsewhere: ${moved.join("; ")}; setup stops at a value that is no absolute path`],
  ];
}

/** Where approvals go; the name of a tool stands in for all of ours. */
function approvals(approval: Placement["approval"], folder: string): string[] {
  const keys = approval.approve(["NAME"]).map(({ path }) => path.join("."));
  if (keys.length === 0) return [];
  const file = approval.file === undefined
    ? "the same file"
    : `\`${folder}/${approval.file.path}\``;
  return [`Approvals, if you say yes to them: \`${keys.join("`, `")}\` in ${file}`];
}

/** What goes beside the host's own, and what stays as it is. */
function further(id: string, { home, former }: Placement): string[] {
  const at = (path: string) => `\`${below(`~/${home.path}`, path)}\``;
  const gone = [
    ...former.paths.map(at),
    ...former.entries.map((one) => `\`${one.keyPath.join(".")}\` in ${at(one.file)}`),
  ];
  return [
    ...gone.length === 0
      ? []
      : [`Taken out, where the Python original left it: ${gone.join(", ")}; files of yours stay`],
    ...former.blocks.map((one) =>
      `Left alone, with a note: the section that the Python original marked in ${at(one.file)}`
    ),
    "Our own: `orchestrator.runtime_backend` and " +
    `\`orchestrator.${id}_cli_path\` in \`~/.ouroboros/config.yaml\`; the record for the way back in ` +
    "`~/.ouroboros/install.json`",
    "Nothing else: files of other hosts stay as they are, and a setup names the hosts that it did " +
    "not touch, with the command for each",
    `The way back: \`ouroboros uninstall --runtime ${id}\``,
  ];
}

function host(placement: Placement): string[] {
  const { mcp, approval, skills, instructions, projectInstructions, restart, firstWords } =
    placement;
  return [
    `Tools are named \`${mcp.toolPrefix}NAME\``,
    {
      all: "Tools run without a question when nobody can be asked",
      "read-only": "Only tools that are marked read-only run when nobody can be asked",
      none: "No tool runs when nobody can be asked, unless it was approved",
    }[approval.unasked],
    "Where our tools run without a question, its model can have commands run as you, outside of the " +
    "rules that it has for its shell: the checks that an interview tries, the agent of a run",
    mcp.environment === "all"
      ? "The server gets your whole environment"
      : "The server gets the variables that the entry names, by name and never by value",
    ...instructions === undefined
      ? []
      : [`Your instructions for it stand in \`${instructions}\`; a setup leaves that alone`],
    ...projectInstructions === undefined ? [] : [
      `Those of a project stand in its \`${projectInstructions}\`: \`ouroboros setup --project\` puts a ` +
      "section of ours there, and nothing else does",
    ],
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
