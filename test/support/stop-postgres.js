// Jest's global tear-down.
import "./native/register.js";

export default (await import("./shared-postgres.ts")).stopPostgres;
