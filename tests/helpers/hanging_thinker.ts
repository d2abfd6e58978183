import { join } from "@std/path";
import type { App } from "../../lib/app/app.ts";
import { hostInterview } from "../../lib/app/interview/host_interview.ts";
import type { AppBench } from "./app_bench.ts";

/** An agent of a name that is known, which is asked and never answers; it leaves the note "asked". */
async function writeHanging({ bin, notes }: AppBench): Promise<void> {
  const script = `#!/bin/sh
if [ "$1" = --version ]; then echo "codex-cli 0.150.0"; exit; fi
cat >/dev/null
echo x > "${notes}/asked"
sleep 300
`;
  await Deno.writeTextFile(join(bin, "codex"), script, { mode: 0o755 });
}

/** The bench's app, whose own program is started in the bench's surroundings. */
export function atBench({ app, root, bin }: AppBench): App {
  const surroundings = [
    `HOME=${join(root, "home")}`,
    `OUROBOROS_HOME=${join(root, "ours")}`,
    `PATH=${bin}:${Deno.env.get("PATH")}`,
  ];
  const [, ...words] = app.self;
  return Object.create(app, { self: { value: ["/usr/bin/env", ...surroundings, ...words] } });
}

/** Begins an interview whose agent hangs, with a call that nobody waits for any more; gives its id. */
export async function hangingInterview(bench: AppBench): Promise<{ app: App; id: string }> {
  await writeHanging(bench);
  const app = atBench(bench);
  const cut = new AbortController();
  const first = hostInterview(app, { initialContext: "Reject expired coupons" }, {
    ...{ think: "runtime", by: "host", signal: cut.signal },
  });
  while (await bench.note("asked") === "") await app.clock.sleep(20);
  cut.abort();
  return { app, id: (await first).interviewId };
}
