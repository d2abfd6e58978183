/**
 * `transaction_program.ts apply|recover HOME STEP`: a process that kills itself before its
 * STEP-th step on the disk, the way a power cut would; ends by itself when there are fewer.
 */
import { applyTransaction } from "../../lib/setup/write/apply_transaction.ts";
import { recoverTransaction } from "../../lib/setup/write/recover_transaction.ts";
import { transactionIn } from "./transaction_home.ts";

const [verb, home = "", stop] = Deno.args;
let steps = 0;
const onStep = () => {
  if (++steps === Number(stop)) Deno.kill(Deno.pid, "SIGKILL");
};
if (verb === "apply") await applyTransaction(transactionIn(home), { token: "0123456789", onStep });
else await recoverTransaction(`${home}/.ouroboros`, { onStep });
