/** A symbolic link of a work that leads out of the project. */
export interface OutsideLink {
  path: string;
  /** As the link has it. */
  target: string;
}

/** Says where links lead: "link leads out of the project: x -> /etc". At most five are named. */
export function outsideLinksText(links: readonly OutsideLink[]): string {
  const named = links.slice(0, 5).map(({ path, target }) => `${path} -> ${target}`).join(", ");
  const more = links.length > 5 ? ` and ${links.length - 5} more` : "";
  return `${links.length === 1 ? "link leads" : "links lead"} out of the project: ${named}${more}`;
}
