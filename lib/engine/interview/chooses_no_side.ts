import { comparedText } from "./compared_text.ts";

/** Words that alone prefer nothing. */
const NO_SIDE = new Set(
  ("a all and any are as be both but can count counts dont each either equal equally every fine good " +
    "have he hm hmm hmmm hold holds i im important in is it know like matter matters maybe me must my " +
    "need needed neither no nor of ok okay one or other perhaps please possible s same should side " +
    "sides so t that the them these they thing things this those to together too two uh um want wanted " +
    "we well which whichever would yes you").split(" "),
);

/**
 * Whether words said to things that cannot all hold prefer none of them: "hmm, both". Whatever says
 * anything else may well be an answer.
 */
export function choosesNoSide(text: string, sides: readonly string[]): boolean {
  const said = comparedText(text.replace(/['’]/g, ""));
  if (sides.some((side) => comparedText(side) === comparedText(text))) return false;
  return said.split(" ").every((word) => word === "" || NO_SIDE.has(word));
}
