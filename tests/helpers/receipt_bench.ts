import { exportReceipts } from "../../lib/app/receipts/export_receipts.ts";
import { readTar, writeTar } from "../../lib/app/receipts/tar.ts";
import { type AppBench, appBench, type BenchOptions } from "./app_bench.ts";

/** A seed with two criteria of which the agent's script does the first one's work. */
export const RECEIPT_SEED = `
goal: The shop greets
acceptance_criteria:
  - id: greet
    description: greet.sh prints hello
    check:
      - { run: sh check.sh, protect: check.sh }
      - { run: 'test "$(sh greet.sh | wc -l)" -eq 1', hidden: true }
`;

/** Files of the project. */
export const RECEIPT_FILES = {
  "seed.yaml": RECEIPT_SEED,
  "check.sh": '[ "$(sh greet.sh)" = hello ]\n',
};

/** A bench on which a run has passed and its receipts were exported. */
export interface ReceiptBench extends AppBench {
  runId: string;
  /** The exported file, and its bytes. */
  file: string;
  bytes: Uint8Array;
}

/** Makes one; `tools` are programs on the PATH of the run alone, `jobs` are worked on at once. */
export async function receiptBench(
  options: BenchOptions & { tools?: Readonly<Record<string, string>>; jobs?: number } = {},
): Promise<ReceiptBench> {
  const bench = await appBench({
    files: RECEIPT_FILES,
    play: "echo 'echo hello' > greet.sh",
    ...options,
  });
  for (const [name, text] of Object.entries(options.tools ?? {})) {
    await Deno.writeTextFile(`${bench.bin}/${name}`, `#!/bin/sh\n${text}`, { mode: 0o755 });
  }
  const { view } = await bench.start({ limits: { jobs: options.jobs ?? 1 } });
  const file = `${bench.root}/receipts.tar`;
  await exportReceipts(bench.app, { run: view.runId, file, dryRun: false });
  return Object.assign(bench, { runId: view.runId, file, bytes: await Deno.readFile(file) });
}

/** The same archive with some files put in another form; null takes a file out. */
export function reTar(
  archive: Uint8Array,
  changes: Readonly<Record<string, ((bytes: Uint8Array) => Uint8Array | null)>>,
): Uint8Array {
  const files = [...readTar(archive)].flatMap(([name, bytes]) => {
    const changed = changes[name] ? changes[name](bytes) : bytes;
    return changed === null ? [] : [{ name, bytes: changed }];
  });
  return writeTar(files);
}

/** A change of the text of a file that must change something. */
export function textChange(from: string | RegExp, to: string): (bytes: Uint8Array) => Uint8Array {
  return (bytes) => {
    const text = new TextDecoder().decode(bytes);
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`Nothing to change: ${from} in ${text}`);
    return new TextEncoder().encode(changed);
  };
}
