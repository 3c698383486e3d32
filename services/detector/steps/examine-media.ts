import type { ImageExaminer } from "../../core/ports/image-examiner.ts";
import { isOurFault } from "../../core/signals/unavailable/reasons.ts";
import { unavailableSignal } from "../../core/signals/unavailable/unavailable.ts";
import { next, type Step } from "../step.ts";
import { type ExaminedMedia, type HashedMedia, ownerOf } from "../values.ts";

export interface ExamineMediaDeps {
	readonly examiner: Pick<ImageExaminer, "examine" | "version">;
	readonly stopSignal: AbortSignal;
}

/** Decodes once, for hashes and model alike. What cannot be decoded keeps its exact hashes and goes on to be matched by them. */
export function createExamineMedia(deps: ExamineMediaDeps): Step<HashedMedia, ExaminedMedia> {
	return async (item) => {
		if (item.bytes === null)
			return next({
				...{ ...item, mediaType: null, hashes: null, framePdqs: [], rasters: [] },
				...{ rastersShown: [], durationMs: null },
			});
		const { exact, leavePlace: onSlow } = item;
		const examined = await deps.examiner.examine(item.bytes, deps.stopSignal, { owner: ownerOf(item), exact, onSlow });
		if (examined.kind === "examined") {
			const { mediaType, hashes, frames, rasters, rastersShown = [], durationMs = null } = examined;
			return next({ ...item, mediaType, hashes, framePdqs: frames, rasters, rastersShown, durationMs });
		}
		const { reason, mediaType, hashes, frames, durationMs = null } = examined;
		if (isOurFault(reason) && !item.isLastAttempt) return { kind: "retry", reason };
		return next({
			...item,
			signals: [...item.signals, unavailableSignal("media", deps.examiner.version, reason)],
			mediaType,
			hashes,
			framePdqs: frames,
			rasters: [],
			rastersShown: [],
			durationMs,
		});
	};
}
