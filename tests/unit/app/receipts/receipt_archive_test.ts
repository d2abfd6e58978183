import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import {
  archiveDigest,
  makeArchive,
  readArchive,
  type ReceiptArchive,
} from "../../../../lib/app/receipts/receipt_archive.ts";
import { replayReceipts } from "../../../../lib/app/receipts/replay_receipts.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { receiptBench, reTar, textChange } from "../../../helpers/receipt_bench.ts";

const RECEIPT = "receipts/1.json";
const flip = (at: (length: number) => number) => (bytes: Uint8Array) => {
  const changed = bytes.slice();
  changed[at(bytes.length)]! ^= 1;
  return changed;
};

Deno.test("an archive is read as it was written, and every kind of tampering is found", async (t) => {
  await using bench = await receiptBench();
  const { bytes } = bench;
  const read = readArchive(bytes);

  await t.step("untouched, it is fine", () => {
    assertEquals(read.receipts.map((one) => one.replayable.decision.state), ["passed"]);
    assertEquals(read.manifest.hidden, 1);
    assertEquals(read.reclaimed, []);
    assertEquals(makeArchive({ ...read.manifest, ...read }), bytes);
  });

  const kinds: Record<string, Parameters<typeof reTar>[1]> = {
    "the decision": { [RECEIPT]: textChange('"state": "passed"', '"state": "failed"') },
    "the reason": { [RECEIPT]: textChange("failed on the base", "passed on the base") },
    "an exit code": { [RECEIPT]: textChange('"exit": 0', '"exit": 3') },
    "a verdict on the base": { [RECEIPT]: textChange('"verdict": "fail"', '"verdict": "pass"') },
    "a command": { [RECEIPT]: textChange("sh check.sh", "sh cheek.sh") },
    "the criterion's text": { [RECEIPT]: textChange("prints hello", "prints hellO") },
    "a tree": { [RECEIPT]: textChange(/"tree": "./, '"tree": "0') },
    "the seed's check": { "seed.yaml": textChange("sh check.sh", "true") },
    "a comment in the seed": { "seed.yaml": textChange("goal:", "# hm\ngoal:") },
    "a byte of the bundle's files": { "trees.bundle": flip((length) => length - 30) },
    "a byte of the bundle's head": { "trees.bundle": flip(() => 25) },
    "the bundle's end": { "trees.bundle": (whole) => whole.subarray(0, whole.length - 1) },
    "a receipt that is gone": { [RECEIPT]: () => null },
    "the bundle that is gone": { "trees.bundle": () => null },
    "the digest": { "manifest.json": textChange(/"digest": "./, '"digest": "g') },
    "how trees are checked out": {
      "manifest.json": textChange('"settings": {', '"settings": {"core.eol": "crlf",'),
    },
    "a variable to hand on": { "manifest.json": textChange('"env": []', '"env": ["TOKEN"]') },
    "what holds on the branch": {
      "manifest.json": textChange(/("branch": \{[^}]*"criteria": \[)[^\]]*/, "$1"),
    },
    "the list of receipts": { "manifest.json": textChange(RECEIPT, "receipts/../../x") },
    "another format": { "manifest.json": textChange('"version": 1', '"version": 2') },
  };
  for (const [name, changes] of Object.entries(kinds)) {
    await t.step(`changed: ${name}`, () => {
      let changed: Uint8Array;
      try {
        changed = reTar(bytes, changes);
      } catch (error) {
        throw new Error(`${name}: ${error}`);
      }
      const error = assertThrows(() => readArchive(changed), OuroborosError);
      assertEquals(error.code, "receipt_invalid", error.message);
    });
  }

  /** Somebody who knows the format writes a new digest too. */
  const forge = (change: (archive: ReceiptArchive) => void): Uint8Array => {
    const archive = structuredClone(readArchive(bytes));
    change(archive);
    return makeArchive({ ...archive.manifest, ...archive });
  };

  await t.step("with a fitting digest, a pass without a failing base is found", () => {
    const forged = forge(({ receipts: [receipt] }) => {
      receipt!.replayable.checks.forEach((check) => check.base!.verdict = "pass");
    });
    assertThrows(() => readArchive(forged), OuroborosError, "does not follow from its checks");
  });

  await t.step("with a fitting digest, a check that is not the seed's is found", () => {
    const forged = forge(({ receipts: [receipt] }) => {
      (receipt!.replayable.checks as unknown[]).pop();
    });
    assertThrows(() => readArchive(forged), OuroborosError, "not that of its seed");
  });

  /** Makes what the types forbid. */
  const set = (place: string, value: unknown) => (archive: ReceiptArchive) => {
    const keys = place.split(".");
    const last = keys.pop()!;
    // deno-lint-ignore no-explicit-any -- a forger knows no types
    const holder = keys.reduce((at: any, key) => at[key], archive);
    if (value === undefined) delete holder[last];
    else holder[last] = value;
  };
  const shapes: Record<string, unknown> = {
    "receipts.0.replayable.decision": null,
    "receipts.0.replayable.checks.0.control": 7,
    "receipts.0.replayable.checks.0.base.verdict": "maybe",
    "receipts.0.replayable.seed": undefined,
    "receipts.0.replayable.baseTree": "main",
    "receipts.0.claimed": null,
    "receipts.0.claimed.permission": undefined,
    "receipts.0.claimed.accepted": {},
    "manifest.claimed": undefined,
    "manifest.project.objectFormat": "sha512",
    "manifest.project.prefix": "../../",
    "manifest.project.settings": { "core.eol": 1 },
    "manifest.carry": ["a", null],
    "manifest.branch": { tree: "HEAD", criteria: [] },
  };
  for (const [place, value] of Object.entries(shapes)) {
    await t.step(`with a fitting digest, what has another shape is told: ${place}`, () => {
      const error = assertThrows(() => readArchive(forge(set(place, value))), OuroborosError);
      assertEquals(error.code, "receipt_invalid");
      const [, ...named] = place.replace("receipts.0", "receipts").split(".");
      assertStringIncludes(error.message, `"${named.join(".")}`);
    });
  }

  await t.step("with a fitting digest, what nobody accepted is found", () => {
    const forged = forge(({ receipts: [receipt] }) => {
      receipt!.replayable.decision.state = "accepted";
    });
    assertThrows(() => readArchive(forged), OuroborosError, "by whom");
  });

  await t.step("with a fitting digest, controls that were taken out are found", () => {
    const forged = forge(({ receipts: [receipt] }) => {
      assertEquals(receipt!.replayable.control, "full");
      receipt!.replayable.checks.forEach((check) => check.control = null);
    });
    assertThrows(() => readArchive(forged), OuroborosError, "does not follow from those of its");
  });

  await t.step("with a fitting digest, trees that the bundle has not are found", async () => {
    const forged = forge(({ receipts: [receipt] }) => {
      receipt!.replayable.tree = "1".repeat(40);
    });
    assertStringIncludes(await replayError(forged), "not those in the bundle");
  });

  await t.step("with a fitting digest, a byte that is changed in the bundle is found", async () => {
    for (const at of [(length: number) => length - 25, (length: number) => length - 60]) {
      const forged = forge((archive) => {
        archive.bundle = flip(at)(archive.bundle);
      });
      assertStringIncludes(await replayError(forged), "bundle");
    }
  });

  await t.step("what is claimed may change: it is said, and the digest stays", () => {
    const archive = structuredClone(read);
    archive.receipts[0]!.claimed.model = "a better one";
    assertEquals(archiveDigest({ ...archive.manifest, ...archive }), read.manifest.digest);
    const changed = reTar(bytes, { [RECEIPT]: textChange('"attempts": 1', '"attempts": 9') });
    assertEquals(readArchive(changed).reclaimed, ["greet"]);
  });

  async function replayError(forged: Uint8Array): Promise<string> {
    const file = `${bench.root}/forged.tar`;
    await Deno.writeFile(file, forged);
    const cancel = new AbortController().signal;
    try {
      await replayReceipts(bench.app, file, { env: [], cancel });
    } catch (error) {
      if (error instanceof OuroborosError && error.code === "receipt_invalid") return error.message;
      throw error;
    }
    throw new Error("The forged file was replayed");
  }
});
