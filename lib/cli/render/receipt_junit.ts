/** One case of a report for CI servers. */
export interface JunitCase {
  suite: string;
  name: string;
  /** Left out: nobody knows how long it took. */
  seconds?: number;
  result: "passed" | "failed" | "error" | "skipped";
  /** One line; left out for a pass. */
  message?: string;
  /** What was printed. */
  detail?: string;
}

/** A JUnit XML report, one suite for each name, in the order of the cases. */
export function junitReport(name: string, cases: readonly JunitCase[]): string {
  const suites = [...Map.groupBy(cases, (one) => one.suite)];
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xml(name)}"${totals(cases)}>`,
    ...suites.flatMap(([suite, own]) => [
      `  <testsuite name="${xml(suite)}"${totals(own)}>`,
      ...own.flatMap(caseLines),
      "  </testsuite>",
    ]),
    "</testsuites>",
  ];
  return `${lines.join("\n")}\n`;
}

function totals(cases: readonly JunitCase[]): string {
  const count = (result: JunitCase["result"]) =>
    cases.filter((one) => one.result === result).length;
  return ` tests="${cases.length}" failures="${count("failed")}" errors="${count("error")}"` +
    ` skipped="${count("skipped")}"${timeOf(cases)}`;
}

/** One that is left out is not 0: a sum of which a part is unknown is unknown. */
function timeOf(cases: readonly JunitCase[]): string {
  let sum = 0;
  for (const { seconds } of cases) {
    if (seconds === undefined) return "";
    sum += seconds;
  }
  return ` time="${sum.toFixed(3)}"`;
}

function caseLines(one: JunitCase): string[] {
  const { suite, name, result, message = "", detail = "" } = one;
  const head = `    <testcase classname="${xml(suite)}" name="${xml(name)}"${timeOf([one])}`;
  if (result === "passed") return [`${head}/>`];
  const tag = { failed: "failure", error: "error", skipped: "skipped" }[result];
  return [
    `${head}>`,
    `      <${tag} message="${xml(message)}">${xml(detail)}</${tag}>`,
    "    </testcase>",
  ];
}

/** Text for XML 1.0: what it cannot hold at all (most control characters) becomes U+FFFD. */
function xml(text: string): string {
  return text.toWellFormed()
    // deno-lint-ignore no-control-regex -- the characters that XML cannot hold
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd")
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
