import {
  inputRequired,
  type InputRequiredResult,
  inputResponse,
} from "@modelcontextprotocol/server";
import { z } from "zod";
import type { Confirmation } from "../../app/run/worker.ts";
import type { DetachedPlan } from "../../app/start_detached.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { ToolCall } from "../tool.ts";

const CONFIRM = z.object({ confirm: z.boolean().describe("Start the agent") });

/** What a form showed; sealed, and read again with what came back. */
interface Shown {
  plan: string;
}

/**
 * How a run is agreed to: by what the caller says, by a form where the host has them, or not at
 * all where nobody has to be asked. `cost` is that of the plan in words, `about` the digest or the id
 * of what is to be done. A yes counts for what its form showed: where the call that brings it wants
 * something else, the user is asked anew. Errors: needs_input, cancelled.
 */
export async function agreement(
  call: Pick<ToolCall, "responses" | "canAsk" | "state" | "seal">,
  plan: Pick<DetachedPlan, "cost" | "mustAsk">,
  { confirmed, cost, about }: { confirmed: boolean; cost: string; about: string },
): Promise<Confirmation["how"] | InputRequiredResult> {
  const { goal, project } = plan.cost;
  const what = `Start a run of "${goal.slice(0, 120).toWellFormed()}" in "${project}"`;
  const shown: Shown = { plan: [what, cost, about].join("\n") };
  if (call.responses !== undefined) {
    const said = answered(call.responses, { what, cost });
    if (call.state<Shown>()?.plan === shown.plan) return said;
  } else if (confirmed) return "flag";
  if (!plan.mustAsk) return "not_asked";
  if (!call.canAsk) throw sayFirst(what, cost);
  const confirm = inputRequired.elicit({ message: `${what}? ${cost}`, requestedSchema: CONFIRM });
  return inputRequired({ inputRequests: { confirm }, requestState: await call.seal(shown) });
}

/** What the form that came back says. */
function answered(
  responses: NonNullable<ToolCall["responses"]>,
  { what, cost }: { what: string; cost: string },
): "asked" {
  const said = inputResponse(responses, "confirm");
  const { action, content } = said.kind === "elicit"
    ? said
    : { action: "cancel", content: undefined };
  if (action === "accept" && content?.confirm === true) return "asked";
  if (action === "accept" && content?.confirm === false) {
    throw new OuroborosError({ code: "cancelled", message: `${what}: the user said no` });
  }
  if (action === "decline") {
    throw new OuroborosError({
      code: "cancelled",
      message: `${what}: the form that asks the user was declined`,
      hint: "That is a no, unless your host declines forms by itself and the user saw none: then " +
        "tell them the cost, and after their yes call it again with confirm: true",
    });
  }
  // Closed, or sent off empty, as hosts do that show no forms: that is neither a yes nor a no.
  throw sayFirst(what, cost);
}

function sayFirst(what: string, cost: string): OuroborosError {
  return new OuroborosError({
    code: "needs_input",
    message: `${what}: the user has to say yes first. It may cost: ${cost}`,
    hint: "Tell the user this, and after their yes call it again with confirm: true",
  });
}
