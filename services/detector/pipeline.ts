// The detector's flow, from a stream record to a recorded verdict. Read it top to bottom; each step has a file of its own, and what is
// between admitting an item and deciding on it is its kind's (kinds/).
import { createDetectorKinds, type DetectorKindDeps, type DetectorKinds } from "./kinds/catalogue.ts";
import { createPlatformShare } from "./platform-share.ts";
import { begin, type Step } from "./step.ts";
import { type AdmitItemDeps, createAdmitItem } from "./steps/admit-item.ts";
import { createAfterEarlier } from "./steps/after-earlier.ts";
import { type AskStandingDeps, createAskStanding } from "./steps/ask-standing.ts";
import { createDecide, type DecideByRulesDeps } from "./steps/decide.ts";
import { createDeferExcess, type DeferExcessDeps } from "./steps/defer-excess.ts";
import { createFindPlatform, type FindPlatformDeps } from "./steps/find-platform.ts";
import { createJoinCluster, type JoinClusterDeps } from "./steps/join-cluster.ts";
import { createKeepEvidence, type KeepEvidenceDeps } from "./steps/keep-evidence.ts";
import { parseEvent } from "./steps/parse-event.ts";
import { createRecordVerdict, type RecordVerdictDeps } from "./steps/record-verdict.ts";
import type { Examined, Owned, Received } from "./values.ts";

export type PipelineDeps = Omit<DeferExcessDeps, "share"> &
	FindPlatformDeps &
	Omit<AdmitItemDeps, "kinds"> &
	DetectorKindDeps &
	JoinClusterDeps &
	AskStandingDeps &
	DecideByRulesDeps &
	KeepEvidenceDeps &
	RecordVerdictDeps & {
		/** Tests may add to what the kinds do. */
		readonly createKinds?: typeof createDetectorKinds;
	};

interface Examination {
	readonly deferExcess: ReturnType<typeof createDeferExcess>;
	readonly kinds: DetectorKinds;
}

/** What the pipeline examines by, for who looks once more at an earlier item in the same places of memory. */
export function openExamination(deps: PipelineDeps): Examination {
	const deferExcess = createDeferExcess({ ...deps, share: createPlatformShare(deps.clock) });
	return { deferExcess, kinds: (deps.createKinds ?? createDetectorKinds)(deps, deferExcess) };
}

export function createPipeline(
	deps: PipelineDeps,
	{ deferExcess, kinds }: Examination = openExamination(deps),
): Step<Received, never> {
	const settleItem = begin(createAdmitItem({ ...deps, kinds }))
		.then<Examined>((item) => kinds[item.kind].examine(item))
		.then(createJoinCluster(deps))
		.then(createAskStanding(deps))
		.then(createDecide(deps))
		.then(createRecordVerdict(deps))
		.then(createKeepEvidence(deps)).run;

	return begin(parseEvent).then(createFindPlatform(deps)).then<Owned>(deferExcess).then(createAfterEarlier(settleItem))
		.run;
}
