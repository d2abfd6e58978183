import { createRequestStateCodec, type RequestStateCodec } from "@modelcontextprotocol/server";
import type { App } from "../../app/app.ts";

/** One key a process: connections come and go while a person reads a form. */
const codecs = new WeakMap<App, RequestStateCodec>();

const KEY_BYTES = 32;
/** How long a person may take over a form, in seconds. */
const FORM_SECONDS = 3_600;

/**
 * Seals what a call's next round needs to know and opens it again. It goes through the client, which
 * may change it: what is changed, old, or of another process never reaches a tool.
 */
export function requestState(app: App): RequestStateCodec {
  let codec = codecs.get(app);
  if (codec === undefined) {
    codec = createRequestStateCodec({ key: app.random(KEY_BYTES), ttlSeconds: FORM_SECONDS });
    codecs.set(app, codec);
  }
  return codec;
}
