import { setup as setUp, type SetupOptions, type SetupProgress } from "../../app/setup.ts";
import { type SetupState, setupStatus } from "../../app/setup_status.ts";
import { pathAdvice } from "../../app/setup/path_advice.ts";
import type { SetupQuestions } from "../../app/setup/setup_questions.ts";
import { typedName } from "../../app/typed_name.ts";
import { isSetUp, type SetupResult } from "../../app/setup/views.ts";
import { OuroborosError } from "../../kernel/error.ts";
import { EXIT, type ExitCode } from "../../kernel/exit_code.ts";
import { shellWord } from "../../kernel/shell_word.ts";
import { ask, askChoices, mayAsk } from "../ask.ts";
import { asTyped } from "../as_typed.ts";
import type { Command, CommandContext } from "../command.ts";
import { unlessGiven } from "../decides.ts";
import { hostNames } from "../host_names.ts";
import { setupJson } from "../render/setup_json.ts";
import { groupsText, hostsText, type PlanStyle } from "../render/setup_plan.ts";
import { sectionTalk } from "../section_talk.ts";
import { recoveredText, setupResultText, startText } from "../render/setup_result.ts";
import { counted, printable, wrap } from "../render/text.ts";

/** `ouroboros setup`: hosts learn of us. */
export const setup: Command = {
  name: "setup",
  usage: "[HOST …]",
  summary: "Sets up agent hosts, so that they have our skills and start our server.",
  details: [
    "Edits of files are shown as a diff, new files by their length, and made only after a yes; all " +
    'of it or nothing. What is written is kept on record, and "ouroboros uninstall" takes exactly ' +
    "that back.",
    "Setting up a host touches that host's files alone: its list of MCP servers, its folder of " +
    "skills, and, with --approve-tools, its list of approvals; and our own: config.yaml " +
    "(orchestrator.runtime_backend and the path of the host's program) and install.json. Files of " +
    "other hosts, standing instructions (CLAUDE.md, AGENTS.md and the like), shell profiles and " +
    "llm.backend are not touched; hosts that are here and not set up are named at the end.",
    "--project writes to this project alone: a section that tells agents what we are for, in the " +
    "file that each host reads there. What stands around it stays to the byte; " +
    '"ouroboros uninstall --project" takes it out.',
    "Who approves our tools lets the host's model have commands run as you, past the host's own rules " +
    "for its shell, without asking you: an interview tries the checks that the model wrote, and a run " +
    "starts an agent and runs checks.",
    "At the end the registered command is started as the host would start it. When it does not " +
    "answer, every file is put back and the exit code is 1.",
  ],
  options: {
    runtime: {
      value: "NAME[,NAME]",
      short: "r",
      repeated: true,
      help: 'Hosts to set up, or "all" that are here; one alone becomes the runtime of runs',
    },
    "dry-run": { help: "Show the plan and the diff, and write nothing" },
    status: { help: "Say where hosts stand; 1 when something is missing or out of date" },
    yes: { short: "y", help: "Do not ask" },
    "non-interactive": { help: "The same" },
    "approve-tools": {
      help: "Approve our tools where a host would refuse or ask: commands run as you, see above",
    },
    "keep-backend": { help: "Leave the configured runtime as it is" },
    source: { help: "From source: have hosts start this checkout" },
    project: { help: "Only a section in this project's AGENTS.md or CLAUDE.md" },
    json: { help: "JSON on stdout" },
  },
  examples: [
    "ouroboros setup",
    "ouroboros setup --runtime all --dry-run",
    "ouroboros setup --status",
  ],
  decides: unlessGiven("dry-run", "status"),
  positional: [0, 8],
  async run(context): Promise<ExitCode> {
    const { words, deliveries } = context;
    if (words.has("project")) return await addSection(context);
    const names = hostNames(words);
    const tools = await deliveries.mcpTools();
    if (!words.has("status")) return await install(context, names, tools);
    if (words.has("dry-run") || words.has("yes")) {
      throw new OuroborosError({
        code: "usage",
        message: 'Give "--status" without "--dry-run" and "--yes": it changes nothing anyway',
        hint: "ouroboros setup --status",
      });
    }
    const { app, interrupt } = context;
    const state = await setupStatus(app, {
      names,
      tools: tools.map((one) => one.name),
      interrupt,
    });
    const style = styleOf(context, "out");
    const typed = await typing(app);
    context.output.out(
      words.has("json")
        ? `${JSON.stringify(await setupJson(typedResult(state, typed), style))}\n`
        : `${await statusText(state, style, typed.name)}${adviceLine(typed)}`,
    );
    return state.ok ? EXIT.done : EXIT.failed;
  },
};

/** Our section in this project's instructions, and nothing of a host's. */
async function addSection(context: CommandContext): Promise<ExitCode> {
  const { words } = context;
  const odd = ["status", "approve-tools", "keep-backend", "source"].find((one) => words.has(one));
  if (odd === undefined) return await sectionTalk(context, { remove: false });
  throw new OuroborosError({
    code: "usage",
    message: `Give "--project" without "--${odd}": it writes to this project alone`,
    hint: "ouroboros setup --project --dry-run",
  });
}

async function install(
  context: CommandContext,
  names: readonly string[],
  tools: SetupOptions["tools"],
): Promise<ExitCode> {
  const { app, words, output, interrupt } = context;
  const json = words.has("json");
  const dryRun = words.has("dry-run");
  const yes = words.has("yes") || words.has("non-interactive");
  // A plan that is asked for is data; one that is only to be agreed to is talk.
  const style = styleOf(context, dryRun ? "out" : "err");
  const say = (text: string) => json ? undefined : dryRun ? output.out(text) : output.err(text);
  const work = setUp(app, {
    names,
    dryRun,
    yes,
    tools,
    approve: words.has("approve-tools"),
    keepBackend: words.has("keep-backend"),
    source: words.has("source"),
    flags: ["approve-tools", "keep-backend", "source"].filter((one) => words.has(one))
      .map((one) => `--${one}`),
    questions: mayAsk(output, { yes, json }) ? questions(context) : null,
    interrupt,
  });
  let next = await work.next();
  for (; !next.done; next = await work.next()) say(await progressText(next.value, style));
  const typed = await typing(app);
  const result = typedResult(next.value, typed);
  const final = styleOf(context, "out");
  output.out(
    json
      ? `${JSON.stringify(await setupJson(result, final))}\n`
      : `${dryRun ? "\n" : ""}${asTyped(setupResultText(result, final), typed.name)}${
        adviceLine(typed)
      }`,
  );
  return exitOf(result);
}

/** Where an entry of the user's own is in the way, the host does not start us. */
function exitOf(result: SetupResult): ExitCode {
  const missed = result.hosts.some((one) => one.chosen && one.state === "foreign");
  return missed ? EXIT.failed : EXIT.done;
}

async function progressText(progress: SetupProgress, style: PlanStyle): Promise<string> {
  switch (progress.step) {
    case "recovered":
      return recoveredText(progress, style);
    case "found":
      return `${hostsText(progress.hosts, style)}\n`;
    case "planned":
      return progress.unchanged ? "" : `${await groupsText(progress.groups, style)}\n`;
    case "writing":
      return `Writing ${counted(progress.files, "file")}\n`;
    case "starting":
      return `Starting ${printable(progress.command.join(" "))}\n\n`;
    case "taken back":
      return `It does not start: every file was put back as it was before\n`;
  }
}

function questions(context: CommandContext): SetupQuestions {
  return {
    choose: async (hosts, preset) =>
      await askChoices({
        text: "Which hosts are to be set up?",
        choices: hosts.map((one) => ({ value: one.id, label: one.title, hint: one.path ?? "" })),
        preset,
      }, context),
    approve: async (titles, tools) => {
      const text =
        `${titles.join(" and ")} ${
          titles.length > 1 ? "refuse or ask" : "refuses or asks"
        } about tools where nobody can be asked. Approved, ours let a host's model have commands run as ` +
        "you, past the host's own rules for its shell: an interview's checks, a run's agent. " +
        `Approve ours (${tools.join(", ")})?`;
      return await ask({ text, default: false }, context);
    },
    confirm: async () => await ask({ text: "Write this?", default: true }, context),
  };
}

/** How this program is typed on this machine, and what makes its bare name do. */
interface Typing {
  name: string;
  advice: string | undefined;
}

async function typing(app: CommandContext["app"]): Promise<Typing> {
  return { name: await typedName(app), advice: await pathAdvice(app) };
}

/** Our own hints name the path; the skills were written for every machine, and cannot. */
function adviceLine({ advice }: Typing): string {
  if (advice === undefined) return "";
  return 'The skills type "ouroboros", and your PATH does not lead to this one: before you start ' +
    `a host, type ${printable(advice)}\n`;
}

/** What is to be typed, with the program as it is to be typed on this machine. */
function typedResult<T extends Typed>(result: T, { name, advice }: Typing): T {
  const { hosts, hints, next } = result;
  return {
    ...result,
    hosts: hosts.map((one) => ({ ...one, command: asTyped(one.command, name) })),
    hints: [
      ...hints.map((one) => asTyped(one, name)),
      ...(advice === undefined ? [] : [advice]),
    ],
    ...(next === undefined ? {} : { next: asTyped(next, name) }),
  };
}

type Typed = Pick<SetupState, "hosts" | "hints"> & Partial<Pick<SetupResult, "next">>;

async function statusText(state: SetupState, style: PlanStyle, name: string): Promise<string> {
  const groups = state.groups.map((group) => ({
    ...group,
    files: group.files.filter((file) => file.action !== "same"),
  })).filter((group) => group.files.length + group.notes.length > 0);
  const chosen = state.hosts.filter((one) => one.chosen);
  const parts = [hostsText(state.hosts, style)];
  if (groups.length > 0) parts.push(await groupsText(groups, style));
  if (state.verification.length > 0) {
    parts.push(state.verification.map((one) => startedText(one, style)).join(""));
  }
  parts.push(asTyped(verdict(state, chosen), name));
  return parts.join("\n");
}

/** Which program that was: it need not be this one. */
function startedText(check: SetupState["verification"][number], style: PlanStyle): string {
  const command = printable(check.command.map(shellWord).join(" "));
  const lines = wrap(command, style.columns - 2).map((line) => `  ${line}\n`);
  return `${startText(check, style)}\n${lines.join("")}`;
}

function verdict({ ok, unfinished }: SetupState, chosen: SetupState["hosts"]): string {
  // What is out of place is so for this reason, and goes with it.
  if (unfinished !== null) {
    return `${printable(unfinished.text)}\n  Try: ${printable(unfinished.hint)}\n`;
  }
  if (chosen.length === 0) return "No host is set up: ouroboros setup\n";
  const yours = chosen.some((one) => one.state === "yours");
  if (ok) return yours ? "All else is in place: what is yours stays\n" : "All of it is in place\n";
  const wrong = chosen.filter((one) => one.path !== null && !isSetUp(one));
  const gone = chosen.filter((one) => one.path === null);
  const ids = (hosts: typeof chosen) => hosts.map((one) => one.id).join(",");
  return [
    ...(wrong.length > 0 ? [`Not as it should be: ouroboros setup --runtime ${ids(wrong)}\n`] : []),
    ...(gone.length > 0
      ? [
        `Not on this machine: install it, or take our part out: ouroboros uninstall --runtime ${
          ids(gone)
        }\n`,
      ]
      : []),
  ].join("") || "All files are in place, and the program does not start\n";
}

function styleOf({ app, output }: CommandContext, to: "out" | "err"): PlanStyle {
  return {
    color: to === "out" ? output.color : output.talkColor,
    columns: output.columns(),
    home: app.paths.home,
    redact: (text) => app.redact(text),
  };
}
