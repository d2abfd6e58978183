import { lockFlags } from "./lock.ts";
import { permissionFlags } from "./permissions.ts";

/** The command that runs `main.ts` as the compiled program would run. */
export function sourceCommand(): string[] {
  const root = new URL("..", import.meta.url);
  return [
    Deno.execPath(),
    "run",
    "-q",
    ...lockFlags(),
    "--config",
    path("deno.json", root),
    ...permissionFlags(),
    path("main.ts", root),
  ];
}

function path(name: string, root: URL): string {
  const { pathname } = new URL(name, root);
  return decodeURIComponent(Deno.build.os === "windows" ? pathname.slice(1) : pathname);
}
