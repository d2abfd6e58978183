export interface Extract<T> {
  frontMatter: string;
  body: string;
  attrs: T;
}
export function extract<T>(text: string): Extract<T>;
