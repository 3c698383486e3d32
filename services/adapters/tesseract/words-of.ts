// From what Tesseract answers to the text that it is sure of.

/** It reads noise at up to 50 where there are no words; letters that people read easily are above 80. */
const leastConfidence = 60;
/** Tesseract's level of words, of its five. */
const wordLevel = "5";
/** Where it is unsure of more, what it took for words is something else, and words are elsewhere. */
const mostUnsure = 0.3;

interface Words {
	/** Line by line. */
	readonly text: string;
	readonly isSure: boolean;
}

export function wordsOf(tsv: string): Words {
	const lines = new Map<string, string[]>();
	let [sure, all] = [0, 0];
	for (const row of tsv.split("\n")) {
		const [level, page, block, paragraph, line, , , , , , confidence, text = ""] = row.split("\t");
		const word = text.trim();
		if (level !== wordLevel || word === "") continue;
		all += 1;
		if (Number(confidence) < leastConfidence) continue;
		sure += 1;
		const place = [page, block, paragraph, line].join(" ");
		lines.set(place, [...(lines.get(place) ?? []), word]);
	}
	const text = [...lines.values()].map((words) => words.join(" ")).join("\n");
	return { text, isSure: sure > 0 && all - sure <= all * mostUnsure };
}
