import { openParts } from "../parts/parts.ts";
import { readConfig } from "../runtime/config.ts";
import { endAnyway } from "../runtime/end-anyway.ts";
import { runUntilStopped } from "../runtime/lifecycle.ts";
import { composeTakedown } from "./compose.ts";

const config = readConfig();
using _end = endAnyway();
await using parts = await openParts(config, "takedown");
process.exitCode = await runUntilStopped(composeTakedown(parts), { logger: parts.logger, drainMs: config.drainMs });
