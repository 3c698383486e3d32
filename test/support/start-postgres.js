// Jest's global set-up.
import "./native/register.js";

export default (await import("./shared-postgres.ts")).startPostgres;
