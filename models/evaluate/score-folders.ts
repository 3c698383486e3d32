import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createImageExaminer } from "../../services/adapters/sharp/image-examiner.ts";
import type { Scorer } from "../../services/core/ports/scorer.ts";
import { silentLogger } from "../../services/runtime/logger.ts";

export interface LabelledFolder {
	/** `kind/name`, or a name alone. */
	readonly corpus: string;
	readonly folder: string;
	readonly isPositive: boolean;
}

/** One file of a corpus, and what became of it. */
export interface ScoredFile {
	readonly corpus: string;
	readonly isPositive: boolean;
	/** As detected; null where the file is no picture. */
	readonly mediaType: string | null;
	/** By scorer; null where it had no answer. Empty where the file could not be decoded. */
	readonly probabilities: readonly (number | null)[];
}

export interface ScoredFolders {
	readonly files: readonly ScoredFile[];
	/** Mean by scorer, decoding left out. */
	readonly msPerPicture: readonly number[];
}

/** Scores every file under the folders with every scorer. A picture is decoded once for each input size. */
export async function scoreFolders(
	folders: readonly LabelledFolder[],
	scorers: readonly Scorer[],
	onFile: (done: number) => void,
): Promise<ScoredFolders> {
	const limits = { maxBytes: 100_000_000, maxPixels: 200_000_000, timeoutMs: 60_000, maxFrames: 1 };
	const sizes = [...new Set(scorers.map(({ info }) => info.inputSize))];
	const examiners = sizes.map((modelSize) =>
		createImageExaminer({ workers: 1, modelSize, limits, logger: silentLogger }),
	);
	const spentMs = scorers.map(() => 0);
	const files: ScoredFile[] = [];
	let scoredCount = 0;
	for (const { corpus, folder, isPositive } of folders) {
		for (const path of filesUnder(folder)) {
			const bytes = readFileSync(path);
			const examined = await Promise.all(examiners.map((each) => each.examine(bytes, AbortSignal.timeout(120_000))));
			const mediaType = examined[0]?.mediaType ?? null;
			const probabilities: (number | null)[] = [];
			for (const [at, scorer] of scorers.entries()) {
				const picture = examined[sizes.indexOf(scorer.info.inputSize)];
				const rgb = picture?.kind === "examined" ? picture.rasters[0] : undefined;
				if (rgb === undefined) continue;
				const started = performance.now();
				const [result] = await scorer.score([{ rgb, size: scorer.info.inputSize }]);
				spentMs[at] = (spentMs[at] ?? 0) + performance.now() - started;
				probabilities.push(result?.kind === "scored" ? result.probability : null);
			}
			if (probabilities.length > 0) scoredCount += 1;
			files.push({ corpus, isPositive, mediaType, probabilities });
			onFile(files.length);
		}
	}
	for (const examiner of examiners) await examiner[Symbol.asyncDispose]();
	return { files, msPerPicture: spentMs.map((ms) => ms / Math.max(1, scoredCount)) };
}

function filesUnder(folder: string): readonly string[] {
	return readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile() || entry.isSymbolicLink())
		.map((entry) => join(entry.parentPath, entry.name))
		.toSorted();
}
