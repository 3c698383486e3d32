// The detector's flow, from a stream record to a recorded verdict. Read it top to bottom; each step has a file of its own.
import { topics } from "../core/wire/topics.ts";
import { createLimiter } from "../runtime/limiter.ts";
import { createPlatformShare } from "./platform-share.ts";
import { begin, limited, type Step } from "./step.ts";
import { type AdmitItemDeps, createAdmitItem } from "./steps/admit-item.ts";
import { createAfterEarlier } from "./steps/after-earlier.ts";
import { createDecide, type DecideDeps } from "./steps/decide.ts";
import { createDeferExcess, type DeferExcessDeps } from "./steps/defer-excess.ts";
import { createExamineMedia, type ExamineMediaDeps } from "./steps/examine-media.ts";
import { createFetchMedia, type FetchMediaDeps } from "./steps/fetch-media.ts";
import { createFindPlatform, type FindPlatformDeps } from "./steps/find-platform.ts";
import { createKeepEvidence, type KeepEvidenceDeps } from "./steps/keep-evidence.ts";
import { createMatchHashes, type MatchHashesDeps } from "./steps/match-hashes.ts";
import { createMatchText, type MatchTextDeps } from "./steps/match-text.ts";
import { parseEvent } from "./steps/parse-event.ts";
import { createRecordVerdict, type RecordVerdictDeps } from "./steps/record-verdict.ts";
import { createScoreMedia, type ScoreMediaDeps } from "./steps/score-media.ts";
import { createScoreText, type ScoreTextDeps } from "./steps/score-text.ts";
import type { Admitted, AdmittedMedia, Owned, Received, Signalled } from "./values.ts";

const overflowPart = 8;

export type PipelineDeps = Omit<DeferExcessDeps, "share"> &
	FindPlatformDeps &
	AdmitItemDeps &
	FetchMediaDeps &
	ExamineMediaDeps &
	MatchHashesDeps &
	MatchTextDeps &
	ScoreMediaDeps &
	ScoreTextDeps &
	DecideDeps &
	KeepEvidenceDeps &
	RecordVerdictDeps & {
		/** Media in memory at once: each holds its bytes until it has been scored. */
		readonly mediaConcurrency: number;
	};

export function createPipeline(deps: PipelineDeps): Step<Received, never> {
	const holdBytes = createLimiter(deps.mediaConcurrency);
	// Media of the overflow lane stand in a line of their own, and take a small part of the examiners' time.
	const holdOverflow = createLimiter(Math.max(1, Math.floor(deps.mediaConcurrency / overflowPart)));
	const deferExcess = createDeferExcess({ ...deps, share: createPlatformShare(deps.clock) });

	const signalPost = begin(createMatchText(deps)).then(createScoreText(deps)).run;
	const examineMedia = begin(createFetchMedia(deps))
		.then(createExamineMedia(deps))
		.then(createMatchHashes(deps))
		.then(createScoreMedia(deps)).run;
	// Asked again here: a picture may have waited long for its turn.
	const inTurn = limited(holdBytes, begin<AdmittedMedia, AdmittedMedia>(deferExcess).then(examineMedia).run);
	const inOverflow = limited(holdOverflow, examineMedia);
	const signalMedia: typeof examineMedia = (item) =>
		item.record.topic === topics.overflow ? inOverflow(item) : inTurn(item);

	const settleItem = begin(createAdmitItem(deps))
		.then<Signalled>((item: Admitted) => (item.kind === "post" ? signalPost(item) : signalMedia(item)))
		.then(createDecide(deps))
		.then(createRecordVerdict(deps))
		.then(createKeepEvidence(deps)).run;

	return begin(parseEvent).then(createFindPlatform(deps)).then<Owned>(deferExcess).then(createAfterEarlier(settleItem))
		.run;
}
