import { openParts } from "../parts/parts.ts";
import { readConfig } from "../runtime/config.ts";
import { runUntilStopped } from "../runtime/lifecycle.ts";
import { composePortal } from "./compose.ts";

const config = readConfig();
await using parts = await openParts(config, "portal");
const { drainMs, leaveMs } = config;
process.exitCode = await runUntilStopped(composePortal(parts), { logger: parts.logger, drainMs, leaveMs });
