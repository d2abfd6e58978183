import type { App } from "./app.ts";
import { systemTmp } from "./app.ts";

const LIMITS = { totalMs: 10_000, outputBytes: 4096, lineBytes: 4096 };

/**
 * Who acts, for the record: the name that the environment gives, else the login name of the user
 * that this process runs as, else that user's number ("uid 1000").
 */
export async function whoActs(
  app: Pick<App, "userName" | "processes" | "environment">,
): Promise<string> {
  if (!app.userName.startsWith("uid ")) return app.userName;
  try {
    const { end, stdout } = await app.processes.capture({
      argv: ["id", "-un"],
      cwd: systemTmp(app),
      env: { values: app.environment.pick(["PATH"]) },
      limits: LIMITS,
      maxBytes: LIMITS.outputBytes,
      label: "id",
    });
    const name = new TextDecoder().decode(stdout).trim();
    // A user without a name (in a container) has its number printed, or is told on stderr.
    return end.code === 0 && /^[^\s\d]\S*$/.test(name) ? name : app.userName;
  } catch {
    // A system without `id`: the number is as true.
    return app.userName;
  }
}
