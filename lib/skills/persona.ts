/** A way of looking at a problem that somebody is stuck with: data, handed to a model or a person. */
export interface Persona {
  /** One word, as a person types it. */
  name: string;
  /** What it does, and when it fits. */
  description: string;
  /** How it looks at a problem: its text before the lists. */
  stance: string;
  /** Steps, in their order; at least one. */
  approach: readonly string[];
  /** What it asks; at least one. */
  questions: readonly string[];
}

/** A file that is no persona, and why: one line for people. */
export type PersonaResult = { ok: true; persona: Persona } | { ok: false; detail: string };
