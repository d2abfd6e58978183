import type { App } from "../app/app.ts";

/** One kind of resource; `{…}` in its address stands for one part of a path. */
export interface Resource {
  uri: string;
  name: string;
  title: string;
  description: string;
  mimeType: "application/json" | "application/yaml" | "text/plain";
  /** Gives its text; `part` is what stands for `{…}`, `query` what follows a `?`. Errors: not_found, usage. */
  read(app: App, part: string, query: URLSearchParams): Promise<string>;
}
