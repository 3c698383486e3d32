// Lets this process import TypeScript, and `@jest/globals` without Jest's own module system.
import { register } from "node:module";

register("./hooks.js", import.meta.url);
process.setSourceMapsEnabled(true);
