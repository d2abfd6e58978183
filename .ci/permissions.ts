import { TOOLCHAIN_ENV_NAMES } from "../lib/checks/toolchain_env.ts";
import { readableEnvNames } from "../lib/config/environment.ts";
import { REGISTRY } from "../lib/runtimes/mod.ts";

/** Loopback, and the release host with the hosts that its downloads redirect to; nothing else. */
export const HOSTS = [
  "127.0.0.1",
  "localhost",
  "github.com",
  "objects.githubusercontent.com",
  "release-assets.githubusercontent.com",
];

/** Variables that the program may read: its own, its runtimes' and its checks' toolchains'. */
export function allowedEnvNames(): string[] {
  return readableEnvNames(REGISTRY, TOOLCHAIN_ENV_NAMES);
}

/**
 * The permissions of the program, the same from source and compiled. They bound our own code: a
 * defect or a dependency can neither read another variable nor reach another host. Reading,
 * writing and starting programs are open, because checks run whatever a project needs;
 * `lib/process` bounds what its children get.
 */
export function permissionFlags(): string[] {
  return [
    "--no-prompt",
    `--allow-env=${allowedEnvNames().join(",")}`,
    // What is not on the list reads as unset; libraries ask for all kinds of names.
    "--ignore-env",
    `--allow-net=${HOSTS.join(",")}`,
    "--allow-sys=hostname,uid,homedir,statfs",
    "--allow-read",
    "--allow-write",
    "--allow-run",
  ];
}
