/** An interview inside a host: its model thinks, its user answers, in both revisions. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type HostProject, hostTest, inHostProject } from "../helpers/host_project.ts";
import { runProgram } from "../helpers/program.ts";
import { HOST_PROJECT, hostDraft } from "../helpers/scripted_host.ts";
import type { SdkHost, Told } from "../helpers/sdk_host.ts";

const IDEA = "Reject expired coupons at the checkout";
/** Bytes of ours in one turn, beside the material. */
const MOST_OWN_BYTES = 4_096;
/** A host shows its model one of the two. */
interface Turn {
  do: string;
  text: number;
  structure: number;
}

const bytes = (text: string) => new TextEncoder().encode(text).length;

const inProject = (body: (project: HostProject) => Promise<void>) =>
  inHostProject(HOST_PROJECT, body);

/** What a scripted host does next, by what it was told alone. */
async function follow(host: SdkHost, told: Told): Promise<Told> {
  const { session_id } = told;
  const call = (args: Told) => host.call("ouroboros_interview", { session_id, ...args });
  switch (told.do) {
    case "think":
      return await call({ thought: told.thought, draft: hostDraft(told.kind, 1) });
    case "ask":
      return await call({
        answers: told.questions.map((one: Told) => ({ question: one.id, choices: [1] })),
      });
    case "review":
      return await call({ approve: told.review });
    case "seed":
      if (told.commands.length > 0) return await call({ try: told.thought });
      return await host.call("ouroboros_generate_seed", { session_id });
    default:
      throw new Error(JSON.stringify(told));
  }
}

const test = (name: string, fn: () => Promise<void>) => hostTest(`mcp interview, ${name}`, fn);

const PLAIN_STEPS = ["think", "ask", "think", "review", "think", "seed", "seed", "done"];

for (const era of ["2025", "2026"] as const) {
  test(`${era}: three thoughts of the host become a frozen seed`, () =>
    inProject(async ({ open }) => {
      const host = await open({ era });
      const turns: Turn[] = [];
      const note = (told: Told) => {
        const material = told.material ?? "";
        turns.push({
          do: told.do === "think" ? `think ${told.kind}` : told.do,
          text: bytes(host.text) - bytes(material),
          structure: bytes(JSON.stringify(told)) - bytes(JSON.stringify(material)),
        });
        assertStringIncludes(host.text, told.next);
        return told;
      };
      let told = note(await host.call("ouroboros_interview", { initial_context: IDEA }));
      while (told.do !== "done") told = note(await follow(host, told));
      assertEquals(turns.map((one) => one.do.split(" ")[0]), PLAIN_STEPS);
      for (const one of turns) {
        console.log(`${one.do}: ${one.text} bytes as text, ${one.structure} as structure`);
        assert(one.text <= MOST_OWN_BYTES && one.structure <= MOST_OWN_BYTES, one.do);
      }
      assertStringIncludes(await Deno.readTextFile(told.path), "An expired coupon is rejected");
      assertMatch(told.next, /ouroboros_start_execute_seed with seed_path/);
    }));

  test(`${era}: a host that is killed is followed by one that goes on there`, () =>
    inProject(async ({ open }) => {
      let host = await open({ era });
      let told = await host.call("ouroboros_interview", { initial_context: IDEA });
      const { used } = await host.call("ouroboros_session_status", {});
      assertEquals(used, "0 calls of a model", "it was asked, and has not answered");
      const steps = [told.do];
      while (told.do !== "done") {
        await host.kill();
        host = await open({ era });
        assertEquals(await host.call("ouroboros_interview", {}), told, "the latest here");
        told = await follow(host, told);
        steps.push(told.do);
      }
      assertEquals(steps, PLAIN_STEPS);
    }));

  test(`${era}: screens and reviews are native forms where the host has them`, () =>
    inProject(async ({ open, cwd, home }) => {
      const forms: Told[] = [];
      const host = await open({
        era,
        form(form) {
          forms.push(form);
          const { agree, run } = form.requestedSchema.properties;
          const content: Record<string, string | boolean> = agree
            ? { a1: true, a2: true, agree: true }
            : run
            ? { run: true }
            : { q1: "Yes", q2_text: "A red line", remark: "" };
          return { action: "accept", content };
        },
      });
      let told = await host.call("ouroboros_interview", { initial_context: IDEA });
      const steps = [`${told.do} ${told.kind}`];
      while (told.do === "think") {
        told = await follow(host, told);
        steps.push(told.kind ? `${told.do} ${told.kind}` : told.do);
      }
      // The user was asked without a turn of the host's model.
      assertEquals(steps, ["think screen", "think score", "think seed", "seed"]);
      assertEquals(forms.length, 3);
      assertEquals(Object.keys(forms[0]?.requestedSchema.properties), [
        "q1",
        "q1_text",
        "q2",
        "q2_text",
        "remark",
      ]);
      assertStringIncludes(forms[1]?.message, "Expired coupons are rejected");
      assertStringIncludes(forms[2]?.message, "- criterion 1: ");
      assertEquals([told.commands, told.checks.length], [[], 1]);
      const done = await follow(host, told);
      assertEquals(done.do, "done");
      assertEquals(await host.call("ouroboros_interview", { session_id: told.session_id }), done);
      const { stdout } = await runProgram({ args: ["interviews", "--json"], cwd, home });
      const [view] = stdout.trim().split("\n").map((line) => JSON.parse(line)).flat();
      assertEquals(view.answers.map((one: Told) => [one.answer, one.by]), [
        ["Yes", "person"],
        ["A red line", "person"],
      ]);
    }));

  test(`${era}: a form that is not filled in is put once, and then told plainly`, () =>
    inProject(async ({ open }) => {
      let put = 0;
      const host = await open({
        era,
        form() {
          put++;
          return put === 1 ? { action: "cancel" } : { action: "accept", content: {} };
        },
      });
      const start = await host.call("ouroboros_interview", { initial_context: IDEA });
      const asked = await follow(host, start);
      assertEquals([asked.do, put], ["ask", 1]);
      assertEquals(await host.call("ouroboros_interview", {}), asked);
      assertEquals(put, 1);
      const think = await follow(host, asked);
      const review = await follow(host, think);
      assertEquals([review.do, put], ["review", 2], "an empty form is neither a yes nor a no");
    }));
}

test("wrong calls: what is wrong is told with its code, and nothing is lost by it", () =>
  inProject(async ({ open }) => {
    const host = await open({ era: "2025" });
    const start = await host.call("ouroboros_interview", { initial_context: IDEA });
    const { session_id } = start;
    const failed = async (args: Told, tool = "ouroboros_interview") =>
      (await host.call(tool, args)).error;
    assertEquals((await failed({ session_id, initial_context: IDEA })).code, "usage");
    assertEquals((await failed({ session_id: "interview_none" })).code, "not_found");
    const early = await failed({ session_id, thought: 7, draft: {} });
    assertEquals([early.code, /session_id alone/.test(early.hint)], ["conflict", true]);
    const wrong = await host.call("ouroboros_interview", { session_id, thought: 1, draft: "{" });
    assertEquals([wrong.do, wrong.thought, wrong.problems.length], ["think", 2, 1]);
    const unclear = await failed({ session_id }, "ouroboros_generate_seed");
    assertEquals(unclear, undefined, "it is said what is to be done first");
    const asked = await follow(host, wrong);
    const seed = await failed({ session_id }, "ouroboros_generate_seed");
    assertEquals([asked.do, seed.code, seed.recoverable], ["ask", "needs_input", true]);
    const bare = await failed({ session_id, force: true }, "ouroboros_generate_seed");
    assertEquals(bare.code, "usage");
  }));
