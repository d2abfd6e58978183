/** Commands that say no to anything: no work can pass them. */
const SAYS_NO = /^\s*(false|exit\s+[1-9]\d*|!\s*(true|:))\s*$/;

/** Whether a command says no whatever the project is like. */
export function saysNo(run: string): boolean {
  return SAYS_NO.test(run);
}
