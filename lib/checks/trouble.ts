import type { CannotRun } from "../kernel/check_run.ts";
import { isProjectPart, type ProjectFiles } from "./project_parts.ts";
import { type Ecosystem, TROUBLE_ROWS, type TroubleRow } from "./trouble_rows.ts";

interface Candidate {
  row: TroubleRow;
  name: string;
}

/** More candidates than this are repetitions. */
const MOST = 32;

/** Collects, line by line, what an output says is missing; judged when the check has ended. */
export class TroubleFinder {
  readonly #found = new Map<string, Candidate>();
  #address = "";
  #madeNotFound = false;

  /** Takes a line in plain text. */
  add(line: string): void {
    this.#address ||= LOCAL_PORT.test(line) ? addressIn(line) : "";
    // make and npm end with a code of their own and name the one of the command.
    if (/\b(?:Error|code|status) 12[67]\b/.test(line)) this.#madeNotFound = true;
    if (this.#found.size >= MOST) return;
    for (const row of TROUBLE_ROWS) {
      const name = row.form.exec(line)?.[1];
      if (name === undefined) continue;
      const what = row.ecosystem === "network" ? addressIn(line) : name;
      this.#found.set(`${row.kind} ${what}`, { row, name: what });
      return;
    }
  }

  /** The first thing that is missing and not the work's business; undefined when there is none. */
  async judge(exit: number | null, files: ProjectFiles): Promise<CannotRun | undefined> {
    for (const { row, name } of this.#found.values()) {
      if (row.exits && !row.exits.includes(exit ?? -1) && !this.#madeNotFound) continue;
      const subject = row.ecosystem === "network" ? name || this.#address : name;
      if (await isProjectPart(row.ecosystem, subject, files)) continue;
      return trouble(row.kind, whatOf(row.ecosystem, subject));
    }
    return undefined;
  }
}

/** A reason why a check could not decide; the signature holds no path, time or number of ours. */
export function trouble(kind: CannotRun["kind"], what: string): CannotRun {
  const stable = what.replace(/:(?:3[2-9]|[4-6]\d)\d{3}\b/g, ":*");
  return { kind, what, signature: `${kind}: ${stable}` };
}

function whatOf(ecosystem: Ecosystem, subject: string): string {
  if (ecosystem === "network") return subject || "an address that it does not name";
  // One library is missing, however deep the path that was asked for.
  if (ecosystem === "node" && !/^(?:\/|file:)/.test(subject)) {
    return subject.split("/").slice(0, subject[0] === "@" ? 2 : 1).join("/");
  }
  if (ecosystem === "python") return subject.split(".")[0]!;
  return subject;
}

const LOCAL_PORT =
  /(?<![\w.])(\d{1,3}(?:\.\d{1,3}){3}|localhost|\[::1\]|::1)(?::| port )(\d{2,5})\b/;

/** "host:port", or a host alone, out of the forms that tools print; "" where there is none. */
function addressIn(line: string): string {
  const port = /\b(\d{1,3}(?:\.\d{1,3}){3}|localhost|\[::1\]|::1)(?::| port )(\d{2,5})\b/.exec(
    line,
  );
  if (port) return `${port[1]}:${port[2]}`;
  const url = /\b[a-z][a-z+]*:\/\/(?:[^\s/@]*@)?([\w.-]+)(?::(\d+))?/.exec(line);
  if (url && url[1] !== "") return url[2] ? `${url[1]}:${url[2]}` : `${url[1]}`;
  const host = /(?:ENOTFOUND|EAI_AGAIN|resolve host:?|lookup) "?([\w-]+(?:\.[\w-]+)+|localhost)/
    .exec(line);
  return host?.[1] ?? "";
}
