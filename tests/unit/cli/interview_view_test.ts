import { assertEquals } from "@std/assert";
import { resumeCommand } from "../../../lib/cli/interview_view.ts";

Deno.test("what goes on is typed as this program is", () => {
  assertEquals(
    resumeCommand({ interviewId: "interview_1" }, "~/bin/ouroboros"),
    "~/bin/ouroboros interview --resume interview_1",
  );
});
