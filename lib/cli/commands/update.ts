import { rollBack, update as bringNew, type UpdateResult } from "../../app/update.ts";
import { OuroborosError } from "../../kernel/error.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { unlessGiven } from "../decides.ts";
import { printable, size } from "../render/text.ts";
import { typedText } from "../typed_text.ts";

/** `ouroboros update`: the program replaces its own file; the only command that asks the network. */
export const update: Command = {
  name: "update",
  usage: "",
  summary: "Replaces this program by the latest release; the present one is kept beside it.",
  details: [
    "Downloads the release for this system, compares it with the published checksums, starts it " +
    "once, and puts it in place in one step. What runs already runs on. The present program stays " +
    'as "ouroboros.previous", and --rollback swaps the two.',
    "Afterwards the new program sets up anew what setup has on record, with the approvals that were " +
    "given; when that fails it is said, the update stays, and the exit code is 1.",
    "OUROBOROS_RELEASES is the address of a mirror of all releases. This program itself may " +
    "connect to the release host and to this machine only: from elsewhere, download the archive " +
    "and checksums.txt into a folder and use --from.",
  ],
  options: {
    check: { help: "Only say whether there is a newer release" },
    from: { value: "WHERE", help: "A release's folder or archive, or the address of either" },
    rollback: { help: "Go back to the program of before the last update" },
    "dry-run": { help: "Say what would be done, and change nothing" },
    json: { help: "JSON on stdout" },
  },
  examples: [
    "ouroboros update --check",
    "ouroboros update",
    "ouroboros update --from ~/Downloads/release",
    "ouroboros update --rollback",
  ],
  decides: unlessGiven("check", "dry-run"),
  positional: [0, 0],
  async run({ app, words, output, interrupt }) {
    const from = words.text("from");
    const check = words.has("check");
    const rollback = words.has("rollback");
    const dryRun = words.has("dry-run");
    if (Number(check) + Number(rollback) + Number(from !== undefined) > 1) {
      throw new OuroborosError({
        code: "usage",
        message: 'Options "--check", "--rollback" and "--from" exclude each other',
        hint: "ouroboros update --help",
      });
    }
    let result: UpdateResult;
    if (rollback) result = await rollBack(app, { dryRun });
    else {
      const options = { check, dryRun, interrupt, ...(from === undefined ? {} : { from }) };
      const steps = bringNew(app, options);
      let next = await steps.next();
      for (; !next.done; next = await steps.next()) {
        const one = next.value;
        if (one.step === "downloading") {
          const length = one.bytes === null ? "" : ` (${size(one.bytes)})`;
          output.err(`Downloading ${one.address}${length}\n`);
        } else output.err(`Checked ${one.name}: SHA-256 ${one.sha256}\n`);
      }
      result = next.value;
    }
    output.out(
      words.has("json")
        ? `${JSON.stringify(result)}\n`
        : await typedText(app, resultText(result) + hostsText(result)),
    );
    return result.hosts?.ok === false ? EXIT.failed : EXIT.done;
  },
};

function hostsText({ hosts }: UpdateResult): string {
  if (hosts === undefined) return "";
  if (!hosts.ok) {
    return `  Hosts were not brought up to date: ${printable(hosts.said)}\n` +
      `  To try again: ${hosts.command}\n`;
  }
  return `  Hosts were brought up to date (${hosts.hosts.join(", ")}):\n` +
    hosts.said.split("\n").map((line) => `    ${printable(line)}`.trimEnd() + "\n").join("");
}

function resultText(result: UpdateResult): string {
  const { version, file, previous } = result;
  const to = result.to ?? "the version in there";
  switch (result.outcome) {
    case "current":
      return `ouroboros ${version} is up to date\n`;
    case "available":
      return `ouroboros ${to} is there, this is ${version}: ouroboros update\n`;
    case "would replace":
      return `Would replace ${file} (${version}) by ${to}\n`;
    case "replaced":
      return `Replaced ${file}: ${version} is now ${to}\n` +
        `  The previous program is kept as ${previous}: ouroboros update --rollback\n`;
    case "rolled back":
      return `Rolled back ${file}: ${version} is now ${to}\n` +
        `  The other program is kept as ${previous}\n`;
  }
}
