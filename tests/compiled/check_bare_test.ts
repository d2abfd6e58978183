/** The gate and a replay in bare places: what a pipeline's machine has, and no more. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { onBinary, programCommand, runProgram } from "../helpers/program.ts";
import { receiptBench } from "../helpers/receipt_bench.ts";
import { type TempDir, tempDir } from "../helpers/temp_dir.ts";

const ignore = !onBinary || Deno.build.os === "windows";

const SEED = `
goal: Greets
acceptance_criteria:
  - description: greet.sh prints hello
    check: { run: sh check.sh, protect: check.sh }
`;

async function sh(cwd: string, line: string): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command("sh", { args: ["-ec", line], cwd })
    .output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

async function project(): Promise<TempDir> {
  const dir = await tempDir();
  await Deno.mkdir(`${dir.path}/project`);
  await Deno.mkdir(`${dir.path}/home`);
  const at = `${dir.path}/project`;
  await Deno.writeTextFile(`${at}/seed.yaml`, SEED);
  await Deno.writeTextFile(`${at}/check.sh`, '[ "$(sh greet.sh)" = hello ]\n');
  const who = "-c user.name=A -c user.email=a@b";
  await sh(at, `git init -q -b main; git add -A; git ${who} commit -q -m base`);
  await sh(at, `echo 'echo hello' > greet.sh; git add -A; git ${who} commit -q -m work`);
  return dir;
}

/** Starts the program with exactly this environment. */
async function bare(cwd: string, env: Record<string, string>, args: readonly string[]) {
  const [program = "", ...rest] = programCommand();
  const end = await new Deno.Command(program, {
    args: [...rest, ...args],
    cwd,
    clearEnv: true,
    env,
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code: end.code, said: text(end.stdout) + text(end.stderr) };
}

const PATH = "/usr/bin:/bin";
const HOMES: Record<string, (home: string) => Record<string, string>> = {
  "an empty HOME": (home) => ({ HOME: home }),
  "no HOME": () => ({}),
  "a HOME that is not there": (home) => ({ HOME: `${home}/none` }),
  "a HOME that is no absolute path": () => ({ HOME: "somewhere" }),
};

for (const [name, homeOf] of Object.entries(HOMES)) {
  Deno.test({
    name: `a gate decides with ${name} and the system's PATH`,
    ignore,
    fn: async () => {
      await using dir = await project();
      const at = `${dir.path}/project`;
      const env = { PATH, ...homeOf(`${dir.path}/home`) };
      const done = await bare(at, env, ["check", "seed.yaml", "--base", "HEAD~1"]);
      assertEquals(done.code, 0, done.said);
      await Deno.remove(`${at}/greet.sh`);
      const undone = await bare(at, env, ["check", "seed.yaml"]);
      assertEquals(undone.code, 5, undone.said);
      assertEquals([...Deno.readDirSync(`${dir.path}/home`)], []);
    },
  });
}

Deno.test({
  name: "a gate decides with a read-only HOME, in a detached, shallow clone of another user",
  ignore: ignore || Deno.uid() !== 0,
  fn: async () => {
    await using dir = await project();
    const from = `file://${dir.path}/project`;
    await sh(dir.path, `git clone -q --depth=1 ${from} clone; cd clone; git checkout -q --detach`);
    await sh(dir.path, "chown -R 65534:65534 clone; chmod 555 home");
    const env = { PATH, HOME: `${dir.path}/home` };
    const done = await bare(`${dir.path}/clone`, env, ["check", "seed.yaml", "--prove"]);
    assertEquals(done.code, 0, done.said);
    // The base was not fetched: the way out is named, and nothing is guessed.
    const noBase = await bare(`${dir.path}/clone`, env, ["check", "seed.yaml", "--base", "HEAD~1"]);
    assertEquals(noBase.code, 3, noBase.said);
  },
});

Deno.test({
  name: "what the program itself may not read reaches the gate's checks",
  ignore,
  fn: async () => {
    await using dir = await project();
    const at = `${dir.path}/project`;
    const check = `[ "$NOT_ON_THE_LIST" = "two\nlines" ] && [ -z "\${GIT_DIR:-}" ]`;
    const seed = { goal: "g", acceptance_criteria: [{ description: "d", check }] };
    await Deno.writeTextFile(`${dir.path}/seed.json`, JSON.stringify(seed));
    const env = { PATH, NOT_ON_THE_LIST: "two\nlines", GIT_DIR: "/nowhere" };
    const end = await bare(at, env, ["check", "../seed.json"]);
    assertEquals(end.code, 0, end.said);
  },
});

Deno.test({
  name: "an exported receipt is replayed under another HOME without any network",
  ignore: ignore || !await mayUnshare(),
  fn: async () => {
    await using bench = await receiptBench();
    await using dir = await tempDir();
    await Deno.mkdir(`${dir.path}/home`);
    await Deno.writeFile(`${dir.path}/r.tar`, bench.bytes);
    const end = await runProgram({
      wrap: ["unshare", "-rn"],
      args: ["receipts", "replay", "r.tar"],
      cwd: dir.path,
      home: `${dir.path}/home`,
    });
    assertEquals(end.code, 0, end.stdout + end.stderr);
    assertStringIncludes(end.stdout, "Matches: 6 runs as recorded");
    assertEquals([...Deno.readDirSync(`${dir.path}/home`)], []);
  },
});

/** All that a gate needs of a system: these programs with their libraries, /proc and two devices. */
const MINIMAL_ROOT = `
mkdir -p bare/bin bare/usr/bin bare/tmp bare/home bare/dev bare/proc
for name in sh git env cat grep ps; do
  cp -L "$(command -v $name)" bare/usr/bin/
done
ln -s ../usr/bin/sh ../usr/bin/env bare/bin/
cp "$1" bare/usr/bin/ouroboros
ldd bare/usr/bin/* 2>/dev/null | grep -oE '/[^ ]+[.]so[^ ]*' | sort -u | while read -r library; do
  mkdir -p "bare$(dirname "$library")"
  cp -L "$library" "bare$library"
done
mknod bare/dev/null c 1 3
mknod bare/dev/urandom c 1 9
cp -R project bare/
`;

Deno.test({
  name: "a gate decides in a root that holds six programs, no HOME and no certificate",
  ignore: ignore || Deno.uid() !== 0 || !await mayUnshare("-mp"),
  fn: async () => {
    await using dir = await project();
    const [program = ""] = programCommand();
    const made = new Deno.Command("sh", {
      args: ["-ec", MINIMAL_ROOT, "sh", program],
      cwd: dir.path,
    });
    const { success, stderr } = await made.output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    const inside = async (line: string) => {
      const end = await new Deno.Command("unshare", {
        args: [
          ...["-mpf", `--mount-proc=${dir.path}/bare/proc`],
          ...["chroot", `${dir.path}/bare`, "/usr/bin/env", "-i", `PATH=${PATH}`, "HOME=/home"],
          ...["/usr/bin/sh", "-c", line],
        ],
        env: { PATH: `/usr/sbin:/sbin:${PATH}` },
      }).output();
      const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
      return { code: end.code, said: text(end.stdout) + text(end.stderr) };
    };
    const gate = "cd /project && ouroboros check seed.yaml --base HEAD~1 --prove";
    const done = await inside(gate);
    assertEquals(done.code, 0, done.said);
    const undone = await inside(`echo 'echo no' > /project/greet.sh; ${gate}`);
    assertEquals(undone.code, 5, undone.said);
    assertEquals([...Deno.readDirSync(`${dir.path}/bare/tmp`)], [], "something was left");
  },
});

async function mayUnshare(flags = "-rn"): Promise<boolean> {
  if (Deno.build.os !== "linux") return false;
  try {
    return (await new Deno.Command("unshare", { args: [flags, "true"] }).output()).success;
  } catch {
    return false;
  }
}
