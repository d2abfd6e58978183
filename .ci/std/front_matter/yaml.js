// @ts-self-types="./yaml.d.ts"
export { extract } from "npm:deno-std@1.4.0/front_matter/yaml.js";
