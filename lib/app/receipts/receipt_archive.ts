import { type Receipt, receiptDigest } from "../../checks/receipt.ts";
import { loadSeed } from "../../engine/seed/load_seed.ts";
import type { Seed } from "../../engine/seed/seed.ts";
import { canonicalJson } from "../../kernel/canonical_json.ts";
import { sha256 } from "../../kernel/digest.ts";
import type { BundleProject } from "../../workspace/bundle.ts";
import { archiveInvalid } from "./archive_invalid.ts";
import { manifestTrouble, receiptTrouble } from "./archive_shape.ts";
import type { DeliveredBranch } from "./delivered_branch.ts";
import { requireSeed } from "./require_seed.ts";
import { readTar, writeTar } from "./tar.ts";

/** What an archive says of itself. */
export interface ReceiptManifest {
  format: "ouroboros-receipts";
  version: 1;
  /** Over everything that a replay depends on; {@link archiveDigest}. */
  digest: string;
  project: BundleProject;
  /** Null: the run delivers nothing. Left out: its branch was not looked at, or an earlier version wrote this. */
  branch?: DeliveredBranch | null;
  /** Ignored paths that checkouts were given from the project's folder. */
  carry: readonly string[];
  /** Names of variables that were handed on to checks; never their values. */
  env: readonly string[];
  /** What a control confirmed in part only, or not at all, decided nothing. */
  strict: boolean;
  /** Hidden checks whose text is in the seed of this archive. */
  hidden: number;
  /** In the seed's order. `digest`: of the whole receipt, what is claimed in it included. */
  receipts: readonly { file: string; criterion: string; digest: string }[];
  /** As the exporting program says. */
  claimed: { run: string; seedName: string; exportedAt: string; version: string };
}

/** An archive's parts. */
export interface ReceiptArchive {
  manifest: ReceiptManifest;
  seed: Seed;
  seedBytes: Uint8Array;
  receipts: readonly Receipt[];
  bundle: Uint8Array;
  /** Criteria of which the claimed part is not what it was when the archive was made. */
  reclaimed: readonly string[];
}

/** What an archive is made from. */
export interface ArchiveParts extends
  Pick<
    ReceiptManifest,
    "project" | "carry" | "env" | "strict" | "hidden" | "claimed" | "branch"
  > {
  seedBytes: Uint8Array;
  receipts: readonly Receipt[];
  bundle: Uint8Array;
}

const MANIFEST = "manifest.json";
const SEED = "seed.yaml";
const BUNDLE = "trees.bundle";
const README = "README.txt";

const README_TEXT = `Receipts of an Ouroboros run.

Run every check again, in clean checkouts, without a model or an account:
  ouroboros receipts replay THIS-FILE
That runs the commands in seed.yaml as you. Read them first.

manifest.json  what is in here, and the digest of all that a replay depends on
seed.yaml      what was to be done, and the checks, hidden ones included
receipts/      how each criterion was settled: "replayable" anyone can find out again, "claimed" nobody
trees.bundle   the files before (branch base), with the work on one criterion (work-1 ...), with all of
               it, as apply brings it (run): git clone -b base trees.bundle
`;

/** The archive as one tar file. */
export function makeArchive(parts: ArchiveParts): Uint8Array<ArrayBuffer> {
  const receipts = parts.receipts.map((receipt, index) => ({
    file: `receipts/${index + 1}.json`,
    criterion: receipt.replayable.criterion.id,
    digest: receiptDigest(receipt),
  }));
  const { project, branch, carry, env, strict, hidden, claimed } = parts;
  const manifest: ReceiptManifest = {
    format: "ouroboros-receipts",
    version: 1,
    digest: archiveDigest(parts),
    project,
    ...(branch === undefined ? {} : { branch }),
    carry,
    env,
    strict,
    hidden,
    receipts,
    claimed,
  };
  const json = (value: unknown) => encode(`${JSON.stringify(value, null, 2)}\n`);
  return writeTar([
    { name: README, bytes: encode(README_TEXT) },
    { name: MANIFEST, bytes: json(manifest) },
    { name: SEED, bytes: parts.seedBytes },
    ...parts.receipts.map((receipt, index) => ({
      name: receipts[index]!.file,
      bytes: json(receipt),
    })),
    { name: BUNDLE, bytes: parts.bundle },
  ]);
}

/**
 * SHA-256 over the canonical JSON of everything that a replay depends on: the replayable part of
 * each receipt, what held on the branch, the seed's and the bundle's bytes, and how trees are checked
 * out.
 */
export function archiveDigest(
  parts: Pick<
    ArchiveParts,
    "project" | "branch" | "carry" | "env" | "strict" | "seedBytes" | "receipts" | "bundle"
  >,
): string {
  return sha256(canonicalJson({
    format: "ouroboros-receipts-1",
    seed: sha256(parts.seedBytes),
    bundle: sha256(parts.bundle),
    project: parts.project,
    // Files of earlier versions have none, and their digests are as they were.
    ...(parts.branch === undefined ? {} : { branch: parts.branch }),
    carry: parts.carry,
    env: parts.env,
    strict: parts.strict,
    receipts: parts.receipts.map((receipt) => receipt.replayable),
  }));
}

/**
 * Reads an archive and holds its parts against one another: a byte that was changed in what can be
 * replayed is found; so is a receipt that does not belong to the seed, and a decision that does not
 * follow from its checks. The trees are looked at when the bundle is opened.
 * Errors: receipt_invalid, seed_invalid.
 */
export function readArchive(archive: Uint8Array): ReceiptArchive {
  const files = readTar(archive);
  const manifest = manifestOf(files);
  const expected = [README, MANIFEST, SEED, BUNDLE, ...manifest.receipts.map((one) => one.file)];
  const odd = [...files.keys()].find((name) => !expected.includes(name));
  if (odd !== undefined) throw archiveInvalid(`"${odd}" is not named in its manifest`);
  const seedBytes = fileOf(files, SEED);
  const bundle = fileOf(files, BUNDLE);
  const receipts = manifest.receipts.map(({ file }) => receiptOf(files, file));
  const { branch, strict } = manifest;
  if (archiveDigest({ ...manifest, seedBytes, receipts, bundle }) !== manifest.digest) {
    throw archiveInvalid(
      "its digest does not fit: what can be replayed was changed after the export",
    );
  }
  const { seed } = loadSeed(seedBytes, { name: SEED });
  receipts.forEach((receipt) => requireSeed(receipt, seed, strict));
  const stranger = branch?.criteria.find((id) => !seed.criteria.some((one) => one.id === id));
  if (stranger !== undefined) {
    throw archiveInvalid(`its seed has no criterion "${stranger}" for the branch`);
  }
  const named = receipts.map((receipt) => receipt.replayable.criterion.id);
  if (new Set(named).size < named.length) {
    throw archiveInvalid("it holds two receipts of one criterion");
  }
  const reclaimed = receipts.filter((receipt, index) =>
    receiptDigest(receipt) !== manifest.receipts[index]!.digest
  ).map((receipt) => receipt.replayable.criterion.id);
  return { manifest, seed, seedBytes, receipts, bundle, reclaimed };
}

function manifestOf(files: ReadonlyMap<string, Uint8Array>): ReceiptManifest {
  const value = jsonOf(fileOf(files, MANIFEST), MANIFEST) as Partial<ReceiptManifest> | null;
  if (value?.format !== "ouroboros-receipts") throw archiveInvalid("it holds no receipts of ours");
  if (value.version !== 1) {
    const version = JSON.stringify(value.version);
    throw archiveInvalid(`its format is version ${version}, this program reads version 1`);
  }
  const trouble = manifestTrouble(value);
  if (trouble !== undefined) {
    throw archiveInvalid(`its "${MANIFEST}" is not as it should be: ${trouble}`);
  }
  return value as ReceiptManifest;
}

function receiptOf(files: ReadonlyMap<string, Uint8Array>, file: string): Receipt {
  const value = jsonOf(fileOf(files, file), file);
  const trouble = receiptTrouble(value);
  if (trouble !== undefined) {
    throw archiveInvalid(`"${file}" is no receipt that this program reads: ${trouble}`);
  }
  const receipt = value as Receipt;
  const accepted = receipt.replayable.decision.state === "accepted";
  if (accepted === (receipt.claimed.accepted !== null)) return receipt;
  throw archiveInvalid(`"${file}" does not say by whom its criterion was accepted, or that it was`);
}

function fileOf(files: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  const bytes = files.get(name);
  if (bytes === undefined) throw archiveInvalid(`"${name}" is missing`);
  return bytes;
}

function jsonOf(bytes: Uint8Array, name: string): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw archiveInvalid(`"${name}" is no JSON`);
  }
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
