import { dirname, resolve } from "@std/path";
import { messageOf, OuroborosError } from "../kernel/error.ts";
import type { App } from "./app.ts";
import { readPlainFile } from "./read_plain_file.ts";
import { atRoot } from "./root_trouble.ts";

/** Where the token of the server on HTTP stands; neither: in a file of our own. */
export interface TokenSource {
  /** A file that holds it and nothing else. */
  file?: string | undefined;
  /** The name of a variable. */
  env?: string | undefined;
}

/** What lets a client in. */
export interface McpToken {
  token: string;
  /** The file or the variable that holds it, for people. */
  from: string;
}

/** 256 bits: nobody guesses them. */
const TOKEN_BYTES = 32;

/** What stands in the file that we make. */
export const MADE_TOKEN = /^[0-9a-f]{64}\n$/;

/** A header can carry it, and it is not guessed in a day. */
const TOKEN = /^[\x21-\x7e]{16,4096}$/;

/**
 * Reads the token; our own file is made at its first use, readable by its owner alone. Errors: usage,
 * not_configured, unreadable, not_writable.
 */
export async function mcpToken(app: App, source: TokenSource = {}): Promise<McpToken> {
  const { file, env } = source;
  if (env !== undefined) return { token: fromVariable(app, env), from: env };
  if (file !== undefined) {
    const path = resolve(app.cwd, file);
    return { token: await fromFile(path), from: path };
  }
  const path = app.paths.mcpToken;
  return await atRoot(app, async () => {
    await make(path, app.random(TOKEN_BYTES).toHex());
    return { token: await fromFile(path), from: path };
  });
}

function fromVariable(app: App, name: string): string {
  const hint = "Use a name that begins with OUROBOROS_, as in: export OUROBOROS_MCP_TOKEN=…";
  const refused = (code: "usage" | "not_configured", why: string) =>
    new OuroborosError({ code, message: `Read the token from "${name}": ${why}`, hint });
  // Another variable of ours to see, as PATH, holds what anybody can guess.
  if (!name.startsWith("OUROBOROS_")) throw refused("usage", "it is no variable of ours");
  const token = app.environment.get(name);
  if (token === undefined) throw refused("not_configured", "it is not set");
  if (!TOKEN.test(token)) throw unfit(name, `export ${name}="$(openssl rand -hex 32)"`);
  return token;
}

async function fromFile(path: string): Promise<string> {
  let token: string;
  try {
    await mustBePrivate(path);
    token = new TextDecoder().decode((await readPlainFile(path, 8192)).bytes).trim();
  } catch (error) {
    if (error instanceof OuroborosError) throw error;
    throw new OuroborosError({
      code: error instanceof Deno.errors.NotFound ? "not_found" : "unreadable",
      message: `Read the token "${path}": ${
        error instanceof Deno.errors.NotFound ? "there is no such file" : messageOf(error)
      }`,
      cause: error,
    });
  }
  if (!TOKEN.test(token)) throw unfit(path, `(umask 077; openssl rand -hex 32 > "${path}")`);
  return token;
}

/** A token that others can read keeps nobody out. */
async function mustBePrivate(path: string): Promise<void> {
  const { mode } = await Deno.stat(path);
  if (mode === null || (mode & 0o077) === 0) return;
  throw new OuroborosError({
    code: "unreadable",
    message: `Read the token "${path}": other users can read it`,
    hint: `chmod 600 "${path}"`,
  });
}

async function make(path: string, token: string): Promise<void> {
  try {
    await Deno.mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await Deno.writeTextFile(path, `${token}\n`, { createNew: true, mode: 0o600 });
  } catch (error) {
    // Another server, or this one yesterday, has made it.
    if (error instanceof Deno.errors.AlreadyExists) return;
    throw new OuroborosError({
      code: "not_writable",
      message: `Write the token "${path}": ${messageOf(error)}`,
      hint: "ouroboros mcp serve --http --token-env OUROBOROS_MCP_TOKEN",
      cause: error,
    });
  }
}

function unfit(from: string, hint: string): OuroborosError {
  return new OuroborosError({
    code: "usage",
    message: `Read the token from "${from}": it must be one word of at least 16 plain characters`,
    hint,
  });
}
