import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readTextWeights } from "../../../services/adapters/tensorflow/load-text-model.ts";
import type { TextModel } from "../../../services/core/scoring/model-registry.ts";
import { createLinearTextModel } from "../../../services/core/text/linear-text-model.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import type { PublishedFile } from "../recipe.ts";
import { runPython, unpackWheel } from "../run-python.ts";
import { makeTextModel, originalParts } from "./make-text-model.ts";

const wheel = "alt_profanity_check-1.9.1-py3-none-any.whl";
/** Those that the model was saved with; any other may read it differently. */
const readers = ["scikit-learn==1.9.1", "joblib==1.6.0"];

export interface PreparedText {
	readonly files: readonly PublishedFile[];
	/** What the original says of each text. */
	readonly probabilities: readonly number[];
	readonly largestDifference: number;
}

/** Makes the model's files from the original's, and compares the two on `texts`. Needs Python 3.11 or later. */
export function prepareTextModel(workFolder: string, texts: string): PreparedText {
	const folder = join(workFolder, "alt-profanity-check");
	unpackWheel("alt-profanity-check", wheel, folder);
	const environment = join(folder, "environment");
	const python = join(environment, "bin", "python");
	if (!existsSync(join(environment, "installed"))) {
		runPython(["-m", "venv", "--clear", environment]);
		runPython(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...readers], python);
		runPython(["-c", `open(${JSON.stringify(join(environment, "installed"))}, "w").close()`], python);
	}
	const [parts, answers] = [join(folder, "parts.json"), join(folder, "answers.json")];
	const script = fromPackageRoot("models", "prepare", "alt-profanity-check", "ask-original.py");
	runPython([script, folder, parts, texts, answers], python);
	const files = makeTextModel(originalParts.parse(JSON.parse(readFileSync(parts, "utf8"))));
	const probabilities: readonly number[] = JSON.parse(readFileSync(answers, "utf8"));
	const score = createLinearTextModel(readTextWeights(files.map(({ bytes }) => bytes)));
	const asked: readonly string[] = JSON.parse(readFileSync(texts, "utf8"));
	const differences = asked.map((text, at) => Math.abs(score(text).probability - (probabilities[at] ?? Number.NaN)));
	return { files, probabilities, largestDifference: Math.max(...differences) };
}

/** Throws where a file is not the one that the registry describes. */
export function checkTextFiles(model: TextModel, files: readonly PublishedFile[]): void {
	for (const [at, { name, bytes }] of files.entries()) {
		const actual = createHash("sha256").update(bytes).digest("hex");
		if (model.files[at]?.name !== name || model.files[at].sha256 !== actual)
			throw new Error(
				`${model.id}: ${name} is not what the registry describes: it has ${actual}, ${bytes.length} bytes`,
			);
	}
}
