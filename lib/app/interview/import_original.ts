import {
  type AutoBounds,
  type InterviewEvent,
  interviewEvent,
  interviewStream,
  type NamedThinker,
  type NewInterviewEvent,
  type ProjectFacts,
} from "../../engine/interview/events.ts";
import { importInterview } from "../../engine/interview/import_interview.ts";
import { OuroborosError } from "../../kernel/error.ts";
import { newId } from "../../kernel/id.ts";
import type { Journal } from "../../store/journal.ts";
import type { App } from "../app.ts";
import { realPath } from "../find_run.ts";
import type { InterviewProgress } from "./interview_hooks.ts";
import { interviewIds } from "./interview_log.ts";
import { keepText, loadText } from "./kept_text.ts";
import { lookAtProject } from "./look_at_project.ts";
import { SCREENS } from "./new_interview.ts";

/** What is imported, and how it goes on. */
export interface OriginalInterview {
  /** The file's content. */
  file: unknown;
  /** As it was named. */
  name: string;
  /** The project's folder, where the file's own is not on this machine. */
  project: string;
  /** Null: a person, a file or a host answers. */
  auto: AutoBounds | null;
  thinker?: NamedThinker | undefined;
}

type Begun = Extract<NewInterviewEvent, { type: "interview.begun" }>;

/**
 * Takes over an interview of the Python system: its rounds are asked and answered, what was not
 * answered waits, and how clear it is is measured anew. The project is looked at as at the beginning
 * of any other. Gives our id of it. Errors: usage (what is wrong in the file), nothing_to_do (the same
 * file was imported before), those of the journal.
 */
export async function importOriginal(
  app: App,
  original: OriginalInterview,
  emit: (progress: InterviewProgress) => void,
): Promise<string> {
  const journal = await app.journal();
  const interviewId = newId("interview", app.clock.now(), app.random);
  const [{ data }, ...events] = eventsOf(app, original, interviewId);
  await refuseSecond(journal, original.name, data.imported!);
  const project = await projectOf(data.project, original, emit);
  const facts = await factsOf(app, project, data.facts!);
  const idea = await keepText(journal, await loadText(journal, data.idea));
  const { auto, thinker } = original;
  const how = { auto, ...(thinker === undefined ? {} : { thinker }) };
  const stored = await journal.append(interviewStream(interviewId), [
    interviewEvent("interview.begun", { ...data, idea, project, ...how }),
    interviewEvent("facts.found", facts),
    ...events,
  ], { expectedVersion: 0 }) as InterviewEvent[];
  for (const event of stored) if (event.type === "facts.found") emit({ type: "event", event });
  emit({ type: "notice", text: importedText(events, data) });
  return interviewId;
}

/** The idea is in the first of them, whole. */
function eventsOf(
  app: App,
  { file, name }: OriginalInterview,
  interviewId: string,
): [Begun, ...NewInterviewEvent[]] {
  const told = { interviewId, screens: SCREENS, version: app.version };
  const { value, problems } = importInterview(file, told);
  if (problems !== null) {
    throw new OuroborosError({
      code: "usage",
      message: `Import the interview "${name}": ${problems.join("; ")}`,
      hint: `Give the file as it was written, or begin anew: ouroboros interview "IDEA"`,
    });
  }
  const [first, ...rest] = value;
  if (first?.type !== "interview.begun") throw new Error("An import begins an interview");
  return [first, ...rest];
}

/** The same file twice would be two interviews of one: the first is gone on with. */
async function refuseSecond(
  journal: Journal,
  name: string,
  imported: NonNullable<Begun["data"]["imported"]>,
): Promise<void> {
  for (const id of await interviewIds(journal)) {
    const [first] = await journal.read(interviewStream(id), { limit: 1 });
    const before = (first as InterviewEvent | undefined)?.data as Partial<Begun["data"]>;
    if (before?.imported?.id !== imported.id) continue;
    if (before.imported.updatedAt !== imported.updatedAt) continue;
    throw new OuroborosError({
      code: "nothing_to_do",
      message: `Import the interview "${name}": it was imported before, as ${id}`,
      hint: `ouroboros interview --resume ${id}`,
    });
  }
}

async function projectOf(
  named: string | null,
  { project }: OriginalInterview,
  emit: (progress: InterviewProgress) => void,
): Promise<string> {
  // A folder that may not be looked into is of as little use as one that is not there.
  const there = named !== null && (await Deno.stat(named).catch(() => undefined))?.isDirectory;
  if (there === true) return await realPath(named);
  const here = await realPath(project);
  if (named !== null) {
    emit({ type: "notice", text: `Its project "${named}" is not here; "${here}" is taken` });
  }
  return here;
}

/** What is found here, and what the file knew: there may be more than one folder to it. */
async function factsOf(app: App, project: string, known: ProjectFacts): Promise<ProjectFacts> {
  const found = await lookAtProject(app, project);
  return {
    brownfield: found.brownfield || known.brownfield,
    facts: [...found.facts, ...known.facts],
  };
}

function importedText(events: readonly NewInterviewEvent[], { imported }: Begun["data"]): string {
  const count = (type: NewInterviewEvent["type"]) =>
    events.filter((one) => one.type === type).length;
  const rounds = count("screen.proposed");
  return `Imported "${imported!.id}": ${rounds === 1 ? "1 question" : `${rounds} questions`}, ` +
    `${count("answers.given")} of them answered`;
}
