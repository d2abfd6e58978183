import { DOMParser, ParseError } from "@xmldom/xmldom";
import type { TestCollector } from "./test_results.ts";

/**
 * Reads the test cases of a JUnit report. A test's name is its class and its own; where a runner
 * gives no class that means anything (Node's), the suites around it. Gives whether it was XML.
 */
export function readJunit(text: string, into: TestCollector): boolean {
  let cases: Iterable<CaseElement>;
  try {
    const parser = new DOMParser({ onError: () => {} });
    cases = parser.parseFromString(text, "text/xml").getElementsByTagName("testcase");
  } catch (error) {
    // Half a document says nothing; whatever else went wrong is ours.
    if (!(error instanceof ParseError)) throw error;
    return false;
  }
  for (const one of cases) into.add(nameOf(one), endOf(one));
  return true;
}

/** What of an element is needed; the library's own type has much more. */
interface CaseElement {
  tagName: string;
  parentNode: unknown;
  childNodes: Iterable<unknown>;
  getAttribute(name: string): string | null;
}

function isElement(node: unknown): node is CaseElement {
  return typeof node === "object" && node !== null && "tagName" in node;
}

function nameOf(one: CaseElement): string {
  const name = one.getAttribute("name") ?? "";
  const group = one.getAttribute("classname") ?? "";
  if (group !== "" && group !== "test") return `${group} > ${name}`;
  const suites: string[] = [];
  for (let at = one.parentNode; isElement(at); at = at.parentNode) {
    if (at.tagName === "testsuite") suites.unshift(at.getAttribute("name") ?? "");
  }
  // The outermost one of other runners is the runner's own name.
  return [...(group === "test" ? suites : suites.slice(1)), name].join(" > ");
}

function endOf(one: CaseElement) {
  const tags = [...one.childNodes].flatMap((node) => isElement(node) ? [node.tagName] : []);
  if (tags.includes("failure") || tags.includes("error")) return "failed";
  return tags.includes("skipped") ? "skipped" : "passed";
}
