/** Holds the lease of the folder DIR until it is ended; says "held" or "refused" first. */
import { tryLease } from "../../lib/app/run/lease.ts";

if (import.meta.main) {
  const [dir = ""] = Deno.args;
  const lease = await tryLease(dir, { pid: Deno.pid, startTime: "t", marker: "m.", since: "now" });
  console.log(lease ? "held" : "refused");
  if (lease) setInterval(() => {}, 60_000);
}
