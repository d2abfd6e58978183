/**
 * Writes a child's stdin and closes it, in the background: a child that does not read blocks nobody.
 * Gives a function that lets go of the pipe when the child is gone.
 */
export function feedStdin(child: Deno.ChildProcess, text: string | Uint8Array): () => void {
  const writer = child.stdin.getWriter();
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  // A child that ends, or closes its stdin, before it has read everything is no error.
  const fed = (bytes.length === 0 ? Promise.resolve() : writer.write(bytes))
    .then(() => writer.close())
    .then(() => true, () => false);
  let done = false;
  fed.then(() => done = true);
  return () => {
    if (!done) writer.abort().catch(() => {});
  };
}
