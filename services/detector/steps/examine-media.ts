import { looksOf } from "../../core/items/picture/looks.ts";
import type { MediaExaminer } from "../../core/ports/image-examiner.ts";
import { examinationSignals, faultsOf } from "../../core/signals/media-signals.ts";
import { isOurFault } from "../../core/signals/unavailable/reasons.ts";
import { next, type Step } from "../step.ts";
import { type ExaminedMedia, type HashedMedia, ownerOf } from "../values.ts";

export interface ExamineMediaDeps {
	readonly examiner: Pick<MediaExaminer, "examine" | "version">;
	readonly stopSignal: AbortSignal;
}

/** Decodes once, for hashes and model alike. What cannot be decoded keeps its exact hashes and goes on to be matched by them. */
export function createExamineMedia(deps: ExamineMediaDeps): Step<HashedMedia, ExaminedMedia> {
	return async (item) => {
		if (item.bytes === null)
			return next({
				...{ ...item, mediaType: null, hashes: null, framePdqs: [], members: [] },
				...{ looks: [], durationMs: null },
			});
		const { exact, leavePlace: onSlow } = item;
		const examined = await deps.examiner.examine(item.bytes, deps.stopSignal, { owner: ownerOf(item), exact, onSlow });
		const reason = faultsOf(examined).find(isOurFault);
		if (reason !== undefined && !item.isLastAttempt) return { kind: "retry", reason };
		const { mediaType, hashes, frames: framePdqs } = examined;
		return next({
			...{ ...item, mediaType, hashes, framePdqs, looks: looksOf(examined) },
			members: examined.kind === "unpacked" ? examined.members : [],
			signals: [...item.signals, ...examinationSignals(examined, deps.examiner.version)],
			durationMs: examined.kind === "unpacked" ? null : (examined.durationMs ?? null),
		});
	};
}
