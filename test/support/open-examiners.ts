// The examiners of pictures, videos and containers, one before the other as in a detector, with real workers and a test's limits.
import { createContainerExaminer } from "../../services/adapters/containers/container-examiner.ts";
import { createVideoExaminer } from "../../services/adapters/ffmpeg/video-examiner.ts";
import { createImageExaminer } from "../../services/adapters/sharp/image-examiner.ts";
import { silentLogger as logger } from "../../services/runtime/logger.ts";

const maxPixels = 50_000_000;
const pictureLimits = { maxBytes: 50_000_000, maxPixels, timeoutMs: 60_000, maxFrames: 8 };
export const containerLimits = {
	...{ depth: 3, members: 500, pages: 3, memberBytes: 50_000_000, bytes: 100_000_000, ratio: 200, letters: 20_000 },
	...{ maxPixels, timeoutMs: 60_000 },
};

/** Disposing of `examiner` ends them all. */
export function openExaminers() {
	const pictures = createImageExaminer({ workers: 2, modelSize: 224, limits: pictureLimits, logger });
	const videos = createVideoExaminer({ workers: 1, modelSize: 224, limits: pictureLimits, logger }, pictures);
	const examiner = createContainerExaminer({ workers: 1, limits: containerLimits, logger }, videos);
	return { pictures, videos, examiner };
}
