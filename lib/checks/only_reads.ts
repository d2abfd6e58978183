/** Programs that look at a file, or at what another prints, and do not run it. */
const READERS =
  /^(?:(?:!|if|elif|while|until|then|else|do|time|\(|\{)\s+|\w+=\S*\s+|\(\s*)*(?:test|\[{1,2}|e?grep|fgrep|rg|ag|cat|diff|cmp|comm|ls|wc|head|tail|stat|file|sed|awk|sort|uniq|cut|tr|cp|mv|rm|touch|mkdir|chmod|git|jq|yq|echo|printf|export|(?:sha\d*|md5|b2)sum|find(?!.*\s-exec))(?=\s|$)/;

/** Whether a part of a command only looks at files, or at what it is given. */
export function onlyReads(part: string): boolean {
  return READERS.test(part);
}
