import type { App } from "../app/app.ts";

/** What a resource holds. */
export interface ResourceText {
  mimeType: "application/json" | "application/yaml" | "text/plain";
  text: string;
}

/** One kind of resource; `{…}` in its address stands for one part of a path. */
export interface Resource {
  uri: string;
  name: string;
  title: string;
  description: string;
  mimeType: ResourceText["mimeType"];
  /** Gives its text; `part` is what stands for `{…}`, `query` what follows a `?`. Errors: not_found, usage. */
  read(app: App, part: string, query: URLSearchParams): Promise<string>;
}
