import type { BankLookUps } from "../../core/banks/bank-matcher.ts";
import { matchMembers } from "../../core/banks/match-members.ts";
import { exactHashes } from "../../core/hashes/exact/exact-hashes.ts";
import { looksOf } from "../../core/items/picture/looks.ts";
import { membersOf } from "../../core/items/picture/members-of.ts";
import { writingsOf } from "../../core/items/picture/writings.ts";
import { mayExamine } from "../../core/policy/legal-basis.ts";
import type { ExaminedMember, ExamineRequest, MediaExaminer } from "../../core/ports/image-examiner.ts";
import type { Scorer } from "../../core/ports/scorer.ts";
import { examinationSignals, faultsOf, hashSignals, scoreSignals } from "../../core/signals/media-signals.ts";
import type { Signal } from "../../core/signals/signal.ts";
import { isOurFault } from "../../core/signals/unavailable/reasons.ts";
import { type EmbeddedMedia, readEmbeddedMedia } from "../../core/text/embedded-media.ts";
import { next, type Step } from "../step.ts";
import { type AdmittedPost, ownerOf } from "../values.ts";
import { createReadWritings, type ReadWordsDeps } from "./read-words.ts";
import { scoreInTurns } from "./score-media.ts";

export interface ExamineEmbeddedDeps extends Omit<ReadWordsDeps, "matcher"> {
	readonly examiner: Pick<MediaExaminer, "examine" | "version">;
	readonly matcher: ReadWordsDeps["matcher"] & Pick<BankLookUps, "match" | "hasSounds">;
	/** Null where the operator runs without a model. */
	readonly scorer: Pick<Scorer, "score" | "info" | "readOn"> | null;
}

type SignalledPost = AdmittedPost & { readonly signals: readonly Signal[] };

/** Examines files that a post carries within its text, as members of it; most posts carry none. What cannot be read of them goes to people. */
export function createExamineEmbedded(deps: ExamineEmbeddedDeps): Step<SignalledPost, SignalledPost> {
	const { examiner, matcher, scorer } = deps;
	const readWritings = createReadWritings(deps);
	return async (item) => {
		const policy = deps.policies.of(item.platform.id, item.surface, item.country);
		if (!mayExamine(policy, "matched")) return next(item);
		const { files, hasMore } = readEmbeddedMedia(item.text);
		if (files.length === 0 && !hasMore) return next(item);
		const wants = { wantsWriting: policy.wordsInPictures === "read", wantsSound: await matcher.hasSounds() };
		const post = await examine(item, { files, hasMore }, wants);
		const fault = faultsOf(post).find(isOurFault);
		if (fault !== undefined && !item.isLastAttempt) return { kind: "retry", reason: fault };
		const matches = await matchMembers((...one) => matcher.match(...one), post.members);
		const looks = scorer === null || !mayExamine(policy, "scored") ? [] : looksOf(post);
		const scores = scorer === null ? [] : await scoreInTurns({ looks, ...item }, scorer);
		const found = hashSignals({ pdq: null }, matches, matcher.version, files.length > 0);
		const signals = [
			...item.signals,
			...examinationSignals(post, examiner.version),
			...found,
			...scoreSignals(scores, looks),
		];
		const words = await readWritings(writingsOf(post), signals, { policy, owner: ownerOf(item) });
		const unread = words.failures.find(({ reason }) => isOurFault(reason));
		if (unread !== undefined && !item.isLastAttempt) return { kind: "retry", reason: unread.reason };
		return next({ ...item, signals: [...signals, ...words.found, ...words.failures] });
	};

	async function examine(
		item: AdmittedPost,
		{ files, hasMore }: EmbeddedMedia,
		wants: Pick<ExamineRequest, "wantsWriting" | "wantsSound">,
	) {
		const members: ExaminedMember[] = [];
		for (const [at, { bytes, beforeSpace }] of files.entries()) {
			const path = `file ${at + 1}`;
			const examined = await examiner.examine(bytes, deps.stopSignal, { owner: ownerOf(item), ...wants });
			members.push(...membersOf(path, examined));
			// The same file, as it is without the words behind it: enough to be known by its bytes.
			if (beforeSpace !== null) members.push(unseen(path, beforeSpace));
		}
		return { kind: "unpacked", members, missing: hasMore ? "embedded-media" : null } as const;
	}
}

function unseen(path: string, bytes: Uint8Array): ExaminedMember {
	const nothing = { mediaType: null, frames: [], rasters: [], rastersShown: [], fault: null };
	return { path, hashes: { pdq: null, ...exactHashes(bytes) }, ...nothing };
}
