export type Format = "yaml" | "toml" | "json";
export function test(str: string, formats?: Format[]): boolean;
