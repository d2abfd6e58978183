import { canonicalJson } from "../kernel/canonical_json.ts";
import type { CheckRun, ControlRun, ControlState, Decision } from "../kernel/check_run.ts";
import { sha256 } from "../kernel/digest.ts";
import type { Usage } from "../kernel/outcome.ts";
import type { OutsideLink } from "../kernel/outside_link.ts";
import type { PutBack } from "../kernel/put_back.ts";
import type { Permission } from "../kernel/runtime_event.ts";
import { checkDigest } from "./check_digest.ts";
import type { CheckInput } from "./check_input.ts";
import { controlOf } from "./decide.ts";

/** One run of a check, as a receipt keeps it. */
export interface ReceiptRun {
  verdict: CheckRun["verdict"];
  exit: number | null;
  testsRan?: number;
  cannotRun?: string;
  /** It said one thing and another of the very same tree. */
  flaky?: { passed: number; of: number };
  /** Single tests of its report decided: how many passed, failed and were skipped. */
  tests?: { passed: number; failed: number; skipped: number };
  /** Whether there was a wall where the check asks for no network. */
  network?: "walled" | "open";
}

/** The negative control of one check, as a receipt keeps it. */
export interface ReceiptControl {
  state: ControlState;
  reason: string;
  /** Digest of the sources that were made to fail; null where none was known. */
  sources: string | null;
}

/** One check of a receipt. */
export interface ReceiptCheck {
  digest: string;
  kind: "command" | "human";
  hidden: boolean;
  preserve: boolean;
  /** The command, or what a person is asked; null for a hidden check. */
  command: string | null;
  base: ReceiptRun | null;
  work: ReceiptRun | null;
  /** Null where it did not pass, or was not confirmed. */
  control: ReceiptControl | null;
}

/** What anyone with the same tree and the same tools can find out again. */
export interface Replayable {
  seed: { id: string; digest: string };
  criterion: { id: string; description: string };
  /** Tree on which the work was done. */
  baseTree: string;
  /** Tree that was checked; null when no attempt left one. */
  tree: string | null;
  /** Command that made each checkout ready; null without one. */
  prepare: string | null;
  checks: readonly ReceiptCheck[];
  decision: { state: Decision["verdict"] | "accepted"; reason: string };
  /** What negative controls showed of the checks, in one word: the weakest. */
  control: ControlState;
}

/** What we were told, or did, and nobody can find out again: printed as such. */
export interface Claimed {
  runtime: string;
  version: string | null;
  model: string | null;
  argv: readonly string[];
  permission: { asked: Permission; effective: Permission; confinement: string };
  sessionId: string | null;
  attempts: number;
  /** As the provider reported; a field that is absent is unknown. */
  usage: Usage;
  /** UTC, ISO 8601. */
  startedAt: string | null;
  endedAt: string | null;
  durationMs: number;
  /** The agent's own last words, at most 2,000 characters. */
  lastWords: string;
  /** What the checks protect and the last try had changed; absent where there was nothing. */
  putBack?: PutBack;
  /** Links of its work that lead out of the project; absent where there was none. */
  links?: readonly OutsideLink[];
  /** Files in the home folder that change how checks run and changed meanwhile; absent: none. */
  toolchains?: readonly string[];
  /** What stood between the agent and the rest of the machine, hidden checks included. */
  wall: "none";
  /** Who closed the criterion by their own judgement; null when nobody did. */
  accepted: {
    by: string;
    reason: string;
    at: string;
    /** Tree of the run's branch that holds its work; null: none of it was brought in. */
    tree: string | null;
  } | null;
}

/** The record of how a criterion was settled. */
export interface Receipt {
  format: "ouroboros-receipt";
  version: 1;
  replayable: Replayable;
  claimed: Claimed;
  /** Its place is kept for when receipts are signed; it would be over {@link receiptDigest}. */
  signature: null;
}

/** What a receipt is made from. */
export interface ReceiptParts
  extends Omit<Replayable, "checks" | "control">, Omit<Claimed, "wall"> {
  checks: readonly CheckInput[];
  base: readonly (CheckRun | null)[];
  runs: readonly (CheckRun | null)[];
  controls: readonly (ControlRun | null)[];
}

const LAST_WORDS_CHARACTERS = 2000;

/** A receipt from its parts. A hidden check leaves its digest only. */
export function makeReceipt(parts: ReceiptParts): Receipt {
  return {
    format: "ouroboros-receipt",
    version: 1,
    replayable: {
      seed: parts.seed,
      criterion: parts.criterion,
      baseTree: parts.baseTree,
      tree: parts.tree,
      prepare: parts.prepare,
      checks: parts.checks.map((check, index) => ({
        digest: checkDigest(check),
        kind: check.kind,
        hidden: check.kind === "command" && check.hidden,
        preserve: check.kind === "command" && check.preserve,
        command: check.kind === "human" ? check.human : check.hidden ? null : check.run,
        base: receiptRun(check, parts.base[index]),
        work: receiptRun(check, parts.runs[index]),
        control: receiptControl(check, parts.controls[index]),
      })),
      decision: parts.decision,
      control: controlOf(parts.controls),
    },
    claimed: {
      runtime: parts.runtime,
      version: parts.version,
      model: parts.model,
      argv: parts.argv,
      permission: parts.permission,
      sessionId: parts.sessionId,
      attempts: parts.attempts,
      usage: parts.usage,
      startedAt: parts.startedAt,
      endedAt: parts.endedAt,
      durationMs: parts.durationMs,
      lastWords: parts.lastWords.slice(0, LAST_WORDS_CHARACTERS),
      ...(parts.putBack === undefined ? {} : { putBack: parts.putBack }),
      ...(parts.links === undefined ? {} : { links: parts.links }),
      ...(parts.toolchains === undefined ? {} : { toolchains: parts.toolchains }),
      wall: "none",
      accepted: parts.accepted,
    },
    signature: null,
  };
}

function receiptRun(check: CheckInput, run: CheckRun | null | undefined): ReceiptRun | null {
  if (!run) return null;
  const hidden = check.kind === "command" && check.hidden;
  return {
    verdict: run.verdict,
    exit: run.exit,
    ...(run.testsRan === undefined ? {} : { testsRan: run.testsRan }),
    ...(run.flaky ? { flaky: run.flaky } : {}),
    ...(run.byTests && run.tests
      ? {
        tests: {
          passed: run.tests.passed.length,
          failed: run.tests.failed.length,
          skipped: run.tests.skipped.length,
        },
      }
      : {}),
    ...(run.network ? { network: run.network } : {}),
    ...(run.cannotRun ? { cannotRun: hidden ? run.cannotRun.kind : run.cannotRun.signature } : {}),
  };
}

/** A hidden check's files are not named. */
function receiptControl(
  check: CheckInput,
  control: ControlRun | null | undefined,
): ReceiptControl | null {
  if (!control) return null;
  const hidden = check.kind === "command" && check.hidden;
  return {
    state: control.state,
    reason: hidden ? "" : control.reason,
    sources: control.sources?.digest ?? null,
  };
}

/** SHA-256 over the canonical JSON of a receipt without its signature. */
export function receiptDigest(receipt: Receipt): string {
  const { signature: _, ...signed } = receipt;
  return sha256(canonicalJson(signed));
}
