// The detector as a process of its own, whose decoders break on pictures and videos that are marked for it, and which has little time for a video.
// All else is the detector's own.

import { composeDetector } from "../../services/detector/compose.ts";
import { openExaminer } from "../../services/parts/examination.ts";
import { openParts } from "../../services/parts/parts.ts";
import { readConfig } from "../../services/runtime/config.ts";
import { runUntilStopped } from "../../services/runtime/lifecycle.ts";
import { workerFile } from "../../services/runtime/worker-file.ts";

const config = readConfig();
await using parts = await openParts(config, "detector");
const examiner = openExaminer(parts, {
	pictureFile: workerFile(import.meta.url, "./examine-or-break.worker.ts"),
	videoFile: workerFile(import.meta.url, "./examine-video-or-break.worker.ts"),
	videoTimeoutMs: 3_000,
});
const detector = composeDetector(parts, { examiner });
process.exitCode = await runUntilStopped(detector, { logger: parts.logger, drainMs: config.drainMs });
