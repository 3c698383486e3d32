import { openParts } from "../parts/parts.ts";
import { readConfig } from "../runtime/config.ts";
import { endAnyway } from "../runtime/end-anyway.ts";
import { runUntilStopped } from "../runtime/lifecycle.ts";
import { composeReview } from "./compose.ts";

const config = readConfig();
using _end = endAnyway();
await using parts = await openParts(config, "review");
const { drainMs, leaveMs } = config;
process.exitCode = await runUntilStopped(composeReview(parts), { logger: parts.logger, drainMs, leaveMs });
