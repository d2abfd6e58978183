export type SchemaType = "failsafe" | "json" | "core" | "default" | "extended";
export interface ParseOptions {
  allowDuplicateKeys?: boolean;
  onWarning?(error: Error): void;
  schema?: SchemaType;
}
export interface StringifyOptions {
  indent?: number;
  arrayIndent?: boolean;
  skipInvalid?: boolean;
  flowLevel?: number;
  lineWidth?: number;
  schema?: SchemaType;
  sortKeys?: boolean | ((a: string, b: string) => number);
  useAnchors?: boolean;
  compatMode?: boolean;
}
export function parse(content: string, options?: ParseOptions): unknown;
export function parseAll(content: string, options?: ParseOptions): unknown;
export function stringify(data: unknown, options?: StringifyOptions): string;
