/** Names that may be handed on: a variable, or a beginning with `*`; never everything, nor our marks. */
export const ENV_NAME = /^(?!_OUROBOROS_)[A-Za-z_][A-Za-z0-9_]*\*?$/;
