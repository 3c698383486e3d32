import { openParts } from "../parts/parts.ts";
import { readConfig } from "../runtime/config.ts";
import { endAnyway } from "../runtime/end-anyway.ts";
import { runUntilStopped } from "../runtime/lifecycle.ts";
import { composeDetector } from "./compose.ts";

const config = readConfig();
using _end = endAnyway();
await using parts = await openParts(config, "detector");
process.exitCode = await runUntilStopped(composeDetector(parts), { logger: parts.logger, drainMs: config.drainMs });
