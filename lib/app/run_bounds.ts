/** What limits of a run are held to, for whoever may know use-cases alone. */
export { LEAST_MINUTES, LEAST_USD, MOST_MINUTES, MOST_USD } from "../config/run_bounds.ts";
