import { PROGRAM_MARK } from "./release.ts";

/** Whether bytes are a file of this program, by the mark that each one holds. */
export function isOurProgram(bytes: Uint8Array): boolean {
  const mark = new TextEncoder().encode(PROGRAM_MARK);
  // Not the letter "o": in a file of 100 MB there are too many.
  const rare = mark.indexOf(0x3a);
  for (let at = bytes.indexOf(0x3a); at >= 0; at = bytes.indexOf(0x3a, at + 1)) {
    const start = at - rare;
    if (start >= 0 && mark.every((byte, index) => bytes[start + index] === byte)) return true;
  }
  return false;
}

/** Processors by the number that an executable's header has for them. */
const ELF_MACHINES: Readonly<Record<number, string>> = { 62: "x86_64", 183: "aarch64" };
const MACH_O_MACHINES: Readonly<Record<number, string>> = {
  0x01000007: "x86_64",
  0x0100000c: "aarch64",
};

/** The target that an executable is for, by its header; undefined where it is no executable. */
export function programTarget(bytes: Uint8Array): string | undefined {
  if (bytes.length < 64) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, 64);
  if (view.getUint32(0) === 0x7f454c46) {
    return withMachine(ELF_MACHINES[view.getUint16(18, true)], "unknown-linux-gnu");
  }
  if (view.getUint32(0, true) === 0xfeedfacf) {
    return withMachine(MACH_O_MACHINES[view.getUint32(4, true)], "apple-darwin");
  }
  return undefined;
}

function withMachine(machine: string | undefined, system: string): string | undefined {
  return machine === undefined ? undefined : `${machine}-${system}`;
}
