import { openParts } from "../parts/parts.ts";
import { readConfig } from "../runtime/config.ts";
import { runUntilStopped } from "../runtime/lifecycle.ts";
import { composeIntake } from "./compose.ts";

const config = readConfig();
await using parts = await openParts(config, "intake");
const { drainMs, leaveMs } = config;
process.exitCode = await runUntilStopped(composeIntake(parts), { logger: parts.logger, drainMs, leaveMs });
