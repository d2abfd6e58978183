/** The folder that holds a file, by either kind of slash; `/` for a file at the top. */
export function folderOf(path: string): string {
  return path.replace(/[/\\][^/\\]*$/, "") || "/";
}
