import type { PictureHashes } from "../../core/banks/bank.ts";
import { bitsApart } from "../../core/hashes/bits-apart.ts";
import { looksOf } from "../../core/items/picture/looks.ts";
import { writingsOf } from "../../core/items/picture/writings.ts";
import type { Examination, ExamineRequest, MediaExaminer } from "../../core/ports/image-examiner.ts";
import { examinationSignals, faultsOf } from "../../core/signals/media-signals.ts";
import { isOurFault } from "../../core/signals/unavailable/reasons.ts";
import { isUnexamined } from "../../core/signals/unexamined/unexamined.ts";
import { next, type Step } from "../step.ts";
import { type ExaminedMedia, type HashedMedia, ownerOf } from "../values.ts";
import { createWithholdByParts, type WithholdByPartsDeps } from "./withhold-by-parts.ts";

export interface ExamineMediaDeps extends WithholdByPartsDeps {
	readonly examiner: Pick<MediaExaminer, "examine" | "examineFile" | "version">;
	readonly stopSignal: AbortSignal;
}

/** Decodes once, for hashes and model alike. What cannot be decoded keeps its exact hashes and goes on to be matched by them. */
export function createExamineMedia(deps: ExamineMediaDeps): Step<HashedMedia, ExaminedMedia> {
	const withholdByParts = createWithholdByParts(deps);
	return async (fetched) => {
		const parts = withholdByParts(fetched);
		const examined = await examine(fetched, parts?.take);
		const { withheld = null, found = [] } = (await parts?.done()) ?? {};
		const item = { ...fetched, ...withheld };
		if (examined === null)
			return next({
				mediaType: null,
				hashes: null,
				framePdqs: [],
				members: [],
				looks: [],
				writings: [],
				excerpts: [],
				durationMs: null,
				...item,
			});
		const reason = faultsOf(examined).find(isOurFault);
		if (reason !== undefined && !item.isLastAttempt) return { kind: "retry", reason };
		const { mediaType, hashes } = examined;
		const framePdqs = [...examined.frames, ...found.filter((still) => !isAmong(still, examined))];
		return next({
			mediaType,
			hashes,
			framePdqs,
			looks: looksOf(examined),
			writings: writingsOf(examined),
			excerpts: [],
			members: examined.members ?? [],
			durationMs: examined.kind === "unpacked" ? null : (examined.durationMs ?? null),
			...item,
			signals: [...item.signals, ...examinationSignals(examined, deps.examiner.version)],
		});
	};

	/** Null where there is nothing to examine. */
	async function examine(item: HashedMedia, onPart: ExamineRequest["onPart"]): Promise<Examination | null> {
		const { exact, leavePlace: onSlow, bytes, copy } = item;
		const policy = deps.policies.of(item.platform.id, item.surface, item.country);
		const request = {
			owner: ownerOf(item),
			exact,
			onSlow,
			wantsWriting: policy.wordsInPictures === "read",
			wantsSound: !isUnexamined(item.signals, "matched") && (await deps.matcher.hasSounds()),
			...(onPart && { onPart }),
		};
		if (bytes !== null) return deps.examiner.examine(bytes, deps.stopSignal, request);
		return copy === null ? null : ((await deps.examiner.examineFile?.(copy, deps.stopSignal, request)) ?? null);
	}
}

/** Not all stills of a long video are kept: what something was found by before is looked up at its end as well. */
function isAmong({ hash }: PictureHashes, { hashes, frames }: Examination): boolean {
	return [...(hashes.pdq === null ? [] : [hashes.pdq]), ...frames].some((one) => bitsApart(one.hash, hash) === 0);
}
