// What clusters cost a detector: medoids in memory (medoid-figures.ts), what texts cost, and which of their copies are found (texts.ts).
import { simhashText } from "../../../services/core/hashes/simhash/text-simhash.ts";
import { readOptions } from "../read-options.ts";
import { type Figure, report } from "../report.ts";
import { readCorpora } from "../texts/corpora.ts";
import { medoidFigures } from "./medoid-figures.ts";
import { microseconds } from "./microseconds.ts";
import { recordingFigures } from "./recording.ts";
import { textFigures } from "./texts.ts";

const values = readOptions("npm run bench:clusters -- [--medoids 1000000,10000000] [--json]", {
	medoids: { type: "string", default: "1000000,10000000" },
	json: { type: "boolean", default: false },
});

const figures = [
	...values.medoids.split(",").flatMap((count) => medoidFigures(Number(count))),
	...ofTexts(),
	...textFigures(),
	...(await recordingFigures()),
];
process.exitCode = report("clusters: medoids in memory, and what texts cost", figures, values.json);

function ofTexts(): readonly Figure[] {
	return readCorpora()
		.slice(0, 3)
		.map(({ name, texts }) => {
			const some = texts.slice(0, 5_000);
			for (const text of some.slice(0, 500)) simhashText(text);
			let at = 0;
			const each = microseconds(some.length, () => simhashText(some[at++] ?? ""));
			return { name: `near-text hashes of 1 000 ${name}`, value: each, unit: "ms", aim: null };
		});
}
