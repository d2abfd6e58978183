import { assertEquals } from "@std/assert";
import { constantAnswer } from "../../../../lib/engine/interview/constant_command.ts";

Deno.test("a line of constants has one answer, whatever the project is like", () => {
  const yes = [
    ...["true", " : ", "exit", "exit 0", "echo ok", "printf 'ok\\n'", "! false", "!false"],
    ...["# nothing", "true # all is well", "true; true", "true && true", "false || true"],
    ...["sh -c true", "sh -c 'exit 0'", 'bash -c "true && :"', "test 1 = 1", "[ a != b ]"],
    ...["exit 0; false", "true;", "false\ntrue", "[ 1 -eq 1 ]", "echo a $(date)"],
  ];
  for (const run of yes) assertEquals(constantAnswer(run), "yes", run);
  const no = [
    ...["false", " exit 1 ", "exit 42", "! true", "!:", 'sh -c "exit 1"', "sh -c false"],
    ...["test 1 = 2", "[ 1 = 2 ]", "test 1 -eq 2", '[ "a" = "b" ]', "true && false"],
    ...[
      "exit 1; true",
      "false; exit",
      "true &&\nfalse",
      "true; false",
      "false && true",
      "sh -c 'sh -c false'",
    ],
  ];
  for (const run of no) assertEquals(constantAnswer(run), "no", run);
});

Deno.test("what anything else has a say in is not called constant", () => {
  const runs = [
    ...["npm test", "! grep x y", "false || npm test", "./false", "./echo.sh", "true && npm test"],
    ...[
      "echo ok | grep no",
      'test "$(cat a)" = b',
      "test -f a",
      "[ -s a ]",
      "exit $?",
      "exit $code",
    ],
    ...["if test -f a; then exit 0; fi; exit 1", "grep -q a b && exit 0; exit 1", "sh -c 'cat a'"],
    ...["echo a >b", "test $x = 1", 'sh -c "exit $code"', "sh false", "(exit 1)", "false &"],
    ...[
      "cat a | true",
      "for f in a; do false; done",
      "test a -nt b",
      "[ a = b",
      "tr ue",
      "echo 'a",
      '"true" "',
      "true <a",
    ],
  ];
  for (const run of runs) assertEquals(constantAnswer(run), null, run);
});
