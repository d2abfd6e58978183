import type { ElicitRequestFormParams } from "@modelcontextprotocol/server";
import type { HostSaid } from "../../app/interview/host_act.ts";
import type { HostState } from "../../app/interview/host_state.ts";

type Review = Pick<Extract<HostState, { do: "review" }>, "review" | "understood" | "assumptions">;

/** Assumptions that a form lists; more are confirmed through the host. */
const MOST_LISTED = 20;

/** A review as a form: each assumption with a tick, and a yes. Undefined: it is too long for one. */
export function reviewForm(state: Review): ElicitRequestFormParams | undefined {
  const { understood, assumptions } = state;
  if (assumptions.length > MOST_LISTED) return undefined;
  const ticks = assumptions.map(({ id, text, reason }) =>
    [id, { type: "boolean" as const, title: text, description: reason, default: true }] as const
  );
  return {
    message: `Is this what you want?\n${understood}`,
    requestedSchema: {
      type: "object",
      properties: {
        ...Object.fromEntries(ticks),
        remark: { type: "string", title: "What is to be changed" },
        agree: { type: "boolean", title: "I agree with all of this" },
      },
      required: ["agree"],
    },
  };
}

/** What a form that was sent off says; undefined: neither yes nor what is wrong. */
export function reviewSaid(
  { review, assumptions }: Review,
  content: Readonly<Record<string, unknown>>,
): HostSaid | undefined {
  const reject = assumptions.filter((one) => content[one.id] === false).map((one) => one.id);
  const remark = typeof content.remark === "string" ? content.remark.trim() : "";
  if (reject.length > 0) return { reject, ...(remark === "" ? {} : { remark }) };
  if (remark !== "") return { remark };
  return content.agree === true ? { approve: review } : undefined;
}
