import {
	type AtThreshold,
	areaUnder,
	atThresholds,
	calibrationError,
	type LabelledScore,
	type ReliabilityBin,
	type RocPoint,
	reliability,
	rocCurve,
} from "../../services/core/scoring/evaluation.ts";
import type { ScoredFile } from "./score-folders.ts";

export interface ScorerSummary {
	readonly scorer: string;
	readonly msPerPicture: number;
	readonly all: GroupSummary;
	/** By what comes before the corpora's names: photographs, drawings. */
	readonly byKind: Readonly<Record<string, GroupSummary>>;
	readonly byCorpus: Readonly<Record<string, GroupSummary>>;
	readonly byMediaType: Readonly<Record<string, GroupSummary>>;
	/** Of the harmless pictures, the share at or over each hundredth. */
	readonly overThreshold: readonly { readonly threshold: number; readonly share: number }[];
	/** Null without pictures of both kinds. */
	readonly roc: { readonly area: number; readonly curve: readonly RocPoint[] } | null;
	/** Null without pictures to be found: what harmless pictures alone say of calibration misleads. */
	readonly calibration: { readonly error: number; readonly bins: readonly ReliabilityBin[] } | null;
}

export interface GroupSummary {
	readonly files: number;
	/** Not decodable, or without an answer: these go to people. */
	readonly unavailable: number;
	readonly thresholds: readonly AtThreshold[];
}

const thresholds = [0.3, 0.5, 0.7, 0.8, 0.9, 0.95];

export function summarize(
	scorer: string,
	at: number,
	files: readonly ScoredFile[],
	msPerPicture: number,
): ScorerSummary {
	const scores = scoresOf(files, at);
	const curve = rocCurve(scores);
	const bins = reliability(scores);
	const group = (of: readonly ScoredFile[]): GroupSummary => {
		const found = scoresOf(of, at);
		return { files: of.length, unavailable: of.length - found.length, thresholds: atThresholds(found, thresholds) };
	};
	const grouped = (keyOf: (file: ScoredFile) => string) =>
		Object.fromEntries(
			[...new Set(files.map(keyOf))].toSorted().map((key) => [key, group(files.filter((file) => keyOf(file) === key))]),
		);
	return {
		scorer,
		msPerPicture,
		all: group(files),
		overThreshold: sharesOver(scores.filter(({ isPositive }) => !isPositive)),
		byKind: grouped(({ corpus }) => (corpus.includes("/") ? corpus.replace(/\/.*/, "") : "of no kind")),
		byCorpus: grouped(({ corpus }) => corpus),
		byMediaType: grouped(({ mediaType }) => mediaType ?? "not a picture"),
		roc: curve === null ? null : { area: areaUnder(curve), curve },
		calibration: curve === null ? null : { error: calibrationError(bins), bins },
	};
}

function sharesOver(harmless: readonly LabelledScore[]): ScorerSummary["overThreshold"] {
	return Array.from({ length: 101 }, (_, at) => {
		const threshold = at / 100;
		const over = harmless.filter(({ probability }) => probability >= threshold).length;
		return { threshold, share: over / Math.max(1, harmless.length) };
	});
}

function scoresOf(files: readonly ScoredFile[], at: number): readonly LabelledScore[] {
	return files.flatMap(({ isPositive, probabilities }) => {
		const probability = probabilities[at];
		return probability === undefined || probability === null ? [] : [{ probability, isPositive }];
	});
}
