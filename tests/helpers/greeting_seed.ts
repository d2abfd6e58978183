/** A seed of one criterion, which a script of one line fulfils; more criteria may follow its text. */
export const GREETING_SEED = `schema: 1
goal: The shop greets
acceptance_criteria:
  - id: greet
    description: greet.sh prints hello
    check: { run: '[ "$(sh greet.sh)" = hello ]' }
`;
