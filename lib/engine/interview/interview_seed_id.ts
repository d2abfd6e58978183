/** Id of the seed that an interview freezes, which is its file's name too: of one interview one seed. */
export function interviewSeedId(interviewId: string): string {
  return interviewId.replace(/^[a-z]+_/, "seed_");
}
