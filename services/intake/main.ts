import { openParts } from "../parts/parts.ts";
import { readConfig } from "../runtime/config.ts";
import { endAnyway } from "../runtime/end-anyway.ts";
import { runUntilStopped } from "../runtime/lifecycle.ts";
import { composeIntake } from "./compose.ts";

const config = readConfig();
using _end = endAnyway();
await using parts = await openParts(config, "intake");
const { drainMs, leaveMs } = config;
process.exitCode = await runUntilStopped(composeIntake(parts), { logger: parts.logger, drainMs, leaveMs });
