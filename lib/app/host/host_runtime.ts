import { REGISTRY } from "../../runtimes/mod.ts";

/** Id of the runtime whose work a host does itself. */
export const HOST_RUNTIME: string = REGISTRY.all
  .find(({ binary }) => binary.kind === "embedded" && !binary.plays)!.id;
