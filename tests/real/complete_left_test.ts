import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { finishedAnswer } from "../../lib/app/complete/finished_answer.ts";
import { realTest } from "../helpers/real_agents.ts";
import { COUNT, withQuestionBench } from "../helpers/real_question.ts";
import { fittingAnswer } from "./_model/fitting_answer.ts";

const RIGHT = { n: 3, unit: "apple" };

realTest(
  "what it had printed is read as its answer by whoever comes after its asker, and a part of that never as another",
  (agent) =>
    withQuestionBench(
      agent,
      (request) => fittingAnswer(RIGHT, request),
      async ({ ask, definition, home }) => {
        const spool = join(home.root, "left");
        const got = await ask({ spool });
        assert(got.ok, JSON.stringify(got));
        const found = await finishedAnswer(definition, spool, COUNT);
        assertEquals(found, { value: RIGHT, usage: got.usage });
        const whole = await Deno.readFile(`${spool}.stdout`);
        for (let tenth = 0; tenth < 10; tenth++) {
          await Deno.writeFile(
            `${spool}.stdout`,
            whole.slice(0, Math.floor(whole.length * tenth / 10)),
          );
          const part = await finishedAnswer(definition, spool, COUNT);
          if (part) assertEquals(part.value, RIGHT, `${tenth} tenths`);
        }
        console.log(`${agent.name}: read from ${whole.length} bytes`);
      },
    ),
);
