// @ts-self-types="./test.d.ts"
export { test } from "npm:deno-std@1.4.0/front_matter/test.js";
