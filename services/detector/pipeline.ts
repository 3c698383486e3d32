// The detector's flow, from a stream record to a recorded verdict. Read it top to bottom; each step has a file of its own.
import { createLimiter } from "../runtime/limiter.ts";
import { begin, limited, type Step } from "./step.ts";
import { type AdmitItemDeps, createAdmitItem } from "./steps/admit-item.ts";
import { createAfterEarlier } from "./steps/after-earlier.ts";
import { createDecide, type DecideDeps } from "./steps/decide.ts";
import { createExamineMedia, type ExamineMediaDeps } from "./steps/examine-media.ts";
import { createFetchMedia, type FetchMediaDeps } from "./steps/fetch-media.ts";
import { createKeepEvidence, type KeepEvidenceDeps } from "./steps/keep-evidence.ts";
import { createMatchHashes, type MatchHashesDeps } from "./steps/match-hashes.ts";
import { createMatchText, type MatchTextDeps } from "./steps/match-text.ts";
import { parseEvent } from "./steps/parse-event.ts";
import { createRecordVerdict, type RecordVerdictDeps } from "./steps/record-verdict.ts";
import { createScoreMedia, type ScoreMediaDeps } from "./steps/score-media.ts";
import { createScoreText, type ScoreTextDeps } from "./steps/score-text.ts";
import type { Admitted, Received, Signalled } from "./values.ts";

export type PipelineDeps = AdmitItemDeps &
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

	const signalPost = begin(createMatchText(deps)).then(createScoreText(deps)).run;
	const signalMedia = limited(
		holdBytes,
		begin(createFetchMedia(deps))
			.then(createExamineMedia(deps))
			.then(createMatchHashes(deps))
			.then(createScoreMedia(deps)).run,
	);

	const settleItem = begin(createAdmitItem(deps))
		.then<Signalled>((item: Admitted) => (item.kind === "post" ? signalPost(item) : signalMedia(item)))
		.then(createDecide(deps))
		.then(createRecordVerdict(deps))
		.then(createKeepEvidence(deps)).run;

	return begin(parseEvent).then(createAfterEarlier(settleItem)).run;
}
