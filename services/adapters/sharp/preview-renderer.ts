import type { PreviewRenderer } from "../../core/ports/preview-renderer.ts";
import type { Logger } from "../../runtime/logger.ts";
import { workerFile } from "../../runtime/worker-file.ts";
import { createWorkerPool } from "../../runtime/worker-pool.ts";
import type { RenderInput } from "./render-preview.worker.ts";

export function createPreviewRenderer(options: {
	readonly workers: number;
	readonly limits: { readonly maxPixels: number; readonly timeoutMs: number };
	readonly logger: Logger;
}): PreviewRenderer {
	const { maxPixels, timeoutMs } = options.limits;
	const pool = createWorkerPool<RenderInput, Uint8Array | null>({
		file: workerFile(import.meta.url, "./render-preview.worker.ts"),
		workers: options.workers,
		timeoutMs,
		logger: options.logger,
	});
	return {
		async render(pictures, level, watermark) {
			const outcome = await pool.run({ pictures, level, watermark, maxPixels });
			return outcome.kind === "done" ? outcome.output : null;
		},
		[Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
	};
}
