import { type Edit, edited, maskedSource } from "./masked_source.ts";
import type { PoisonableText } from "./poison.ts";

/** How sources of a language say what must hold. */
interface AssertionRow {
  language: string;
  /** Finds in code where a call of an assertion begins; the first group is its name. */
  call: RegExp;
  /** A call of that name that must fail, to stand before the one that is there. */
  failing: Readonly<Record<string, string>>;
  /** Fails at the same place whatever became of the assertions. */
  stop: string;
  /** Only the end of a plain program has a place for it. */
  atEnd?: true;
}

const UNEQUAL = (names: string, call: (name: string) => string) =>
  Object.fromEntries(names.split(" ").map((name) => [name, call(name)]));

const ROWS: readonly AssertionRow[] = [
  {
    language: "Python",
    call: /(?<=^[ \t]*|:[ \t]*)self\.(assert\w+)(?=\()/gm,
    failing: {
      ...UNEQUAL(
        "assertEqual assertEquals assertIs assertAlmostEqual",
        (name) => `self.${name}(0, 1); `,
      ),
      assertNotEqual: "self.assertNotEqual(0, 0); ",
      assertTrue: "self.assertTrue(False); ",
      assertFalse: "self.assertFalse(True); ",
      assertIsNone: "self.assertIsNone(0); ",
      assertIsNotNone: "self.assertIsNotNone(None); ",
      assertIn: "self.assertIn(0, []); ",
    },
    stop: 'raise AssertionError("poisoned by a negative control"); ',
  },
  {
    language: "JavaScript",
    call: /(?<![\w$.])(assert\w*(?:\.\w+)?)(?=\()/g,
    failing: {
      ...UNEQUAL(
        "assert.equal assert.strictEqual assert.deepEqual assert.deepStrictEqual " +
          "assertEquals assertStrictEquals",
        (name) => `Number(${name}(0, 1)) || `,
      ),
      ...UNEQUAL("assert assert.ok", (name) => `Number(${name}(Number("0"))) || `),
      "assert.throws": "Number(assert.throws(() => {})) || ",
    },
    stop: 'Number((() => { throw new Error("poisoned by a negative control"); })()) || ',
  },
  {
    language: "C",
    call: /(?<=^[ \t]*|[;{}][ \t]*)(assert)(?=[ \t]*\()/gm,
    failing: { assert: "assert(0), " },
    stop: "__builtin_trap(), ",
  },
  {
    language: "shell",
    call: /(?<=^[ \t]*|(?:[;&|!]|\b(?:if|then))[ \t]+)(grep|diff|cmp|test|\[)(?=[ \t])/gm,
    failing: {
      grep: "grep -q x /dev/null || exit 97\n",
      diff: 'diff /dev/null "$0" >/dev/null || exit 97\n',
      cmp: 'cmp -s /dev/null "$0" || exit 97\n',
      test: "test x = y || exit 97\n",
      "[": "[ x = y ] || exit 97\n",
    },
    stop: "exit 97\n",
    atEnd: true,
  },
];

/** One way to say no, with a text in which it has to. */
export interface FailingAssertion {
  name: string;
  /** The source with a call of it that must fail before each of its own. */
  failing: string;
  /** The same, with a failure in its place that is none of its own. */
  stopped: string;
}

/**
 * The assertions that a source calls, each to be tried by itself: work that runs in the test's own
 * process can replace one, so that it never says no. Most used first.
 */
export function failingAssertions(
  source: { text: string; poison: PoisonableText },
): FailingAssertion[] {
  const { text, poison } = source;
  const row = ROWS.find((one) => one.language === poison.row.language);
  if (!row || (row.atEnd && poison.functions > 0)) return [];
  const masked = maskedSource(text, poison.row.lexis);
  const places = new Map<string, number[]>();
  for (const match of masked.code.matchAll(row.call)) {
    const name = match[1]!;
    if (!Object.hasOwn(row.failing, name)) continue;
    places.set(name, [...places.get(name) ?? [], match.index]);
  }
  const end = row.atEnd ? poison.row.script(masked)?.end[0]?.at : undefined;
  if (row.atEnd && end === undefined) return [];
  return [...places].sort(([, a], [, b]) => b.length - a.length).map(([name, at]) => {
    const inserted = (insert: string): string => {
      const edits: Edit[] = (end === undefined ? at : [end]).map((one) => ({
        at: one,
        text: end !== undefined && one > 0 && text[one - 1] !== "\n" ? `\n${insert}` : insert,
      }));
      return edited(text, edits);
    };
    return { name, failing: inserted(row.failing[name]!), stopped: inserted(row.stop) };
  });
}
