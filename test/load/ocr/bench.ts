// How much of what is written in pictures is read, in which fonts, sizes and surroundings; what is taken for writing that is none; and what it
// costs. `npm run bench:ocr`. The pictures are drawn here; photographs are Debian's wallpapers, where they are installed.
import sharp from "sharp";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { drawWriting } from "../../../services/adapters/sharp/draw-writing.ts";
import readWords from "../../../services/adapters/tesseract/read-words.worker.ts";
import { createBankMatcher } from "../../../services/core/banks/bank-matcher.ts";
import { hashTerm } from "../../../services/core/hashes/term/term-hash.ts";
import { textHashesOf } from "../../../services/core/items/item-hashes.ts";
import { mayHoldWords } from "../../../services/core/items/picture/may-hold-words.ts";
import { newBank, newEntry } from "../../support/bank-fixtures.ts";
import { drawWords, type Font, fontNames } from "../../support/written-pictures.ts";
import { readPhotographs } from "../matching/photographs.ts";
import { readOptions } from "../read-options.ts";
import { type Figure, report } from "../report.ts";
import { sentences } from "./sentences.ts";

const usage = `npm run bench:ocr -- [options]

  --pictures N  pictures for each font, size and surrounding (2)
  --without N   generated pictures without words (60)
  --json        print one JSON object`;

const values = readOptions(usage, {
	pictures: { type: "string", default: "2" },
	without: { type: "string", default: "60" },
	json: { type: "boolean", default: false },
});

const sizes = [12, 16, 20, 28, 40] as const;
const clean = "black on white";
const surroundings = {
	[clean]: { noise: 0, isOverPicture: false, quality: null },
	"as JPEG of quality 40": { noise: 0, isOverPicture: false, quality: 40 },
	"noise of 25": { noise: 25, isOverPicture: false, quality: null },
	"white over a picture": { noise: 0, isOverPicture: true, quality: null },
} as const;
type Surrounding = keyof typeof surroundings;
const sentencesOfPicture = 3;

const bank = newBank();
const matcher = createBankMatcher({ clock: { now: () => Date.UTC(2026, 10, 30) } });
matcher.apply({ sequence: 1, kind: "bank", bank });
const textEntries = new Map<string, number>();
const termEntries = new Map<string, number>();
for (const [at, { text, term }] of sentences.entries()) {
	const add = (hashType: Parameters<typeof newEntry>[1]["hashType"], hash: Uint8Array, to: Map<string, number>) => {
		const entry = newEntry(bank.id, { hashType, hash });
		to.set(entry.id, at);
		matcher.apply({ sequence: 2, kind: "entry", entry });
	};
	for (const { type, hash } of textHashesOf(text)) if (hash !== null) add(type, hash, textEntries);
	const hash = hashTerm(term);
	if (typeof hash === "string") throw new Error(`${term} is no term: ${hash}`);
	add("text-term", hash, termEntries);
}

interface Shares {
	pictures: number;
	passed: number;
	words: number;
	read: number;
	readWithoutMarks: number;
	known: number;
	texts: number;
	terms: number;
}
const none = (): Shares => ({
	...{ pictures: 0, passed: 0, words: 0, read: 0, readWithoutMarks: 0, known: 0, texts: 0, terms: 0 },
});

const limits = { maxPixels: 100_000_000, deadline: performance.now() + 3_600_000 };
const processorMs = () => {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1_000;
};
const testMs: number[] = [];
const readMs: number[] = [];

/** What is read of a picture, as the detector has it read; null where the cheap test says that there is nothing. */
async function read(picture: Uint8Array): Promise<string | null> {
	const { data: rgb, info } = await sharp(picture)
		.resize({ width: 1_024, height: 1_024, fit: "inside", withoutEnlargement: true })
		.removeAlpha()
		.toColourspace("srgb")
		.raw()
		.toBuffer({ resolveWithObject: true });
	const startedMs = processorMs();
	const passes = mayHoldWords({ rgb, width: info.width, height: info.height });
	testMs.push(processorMs() - startedMs);
	if (!passes) return null;
	const fromMs = processorMs();
	const writing = await drawWriting(picture, await sharp(picture).metadata(), limits);
	const answer = await readWords(writing);
	readMs.push(processorMs() - fromMs);
	if (answer === null) throw new Error("a picture could not be read");
	return answer.text;
}

const wordsIn = (text: string) =>
	text
		.normalize("NFC")
		.toLowerCase()
		.split(/[^\p{L}\p{M}\p{N}]+/u)
		.filter((word) => word !== "");
const withoutMarks = (word: string) => word.replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");

function inCommon(wanted: readonly string[], found: readonly string[]): number {
	const left = new Map<string, number>();
	for (const word of found) left.set(word, (left.get(word) ?? 0) + 1);
	return wanted.filter((word) => {
		const count = left.get(word) ?? 0;
		left.set(word, count - 1);
		return count > 0;
	}).length;
}

/** `at`: the sentences that are on it. */
function judge(text: string | null, at: readonly number[], to: readonly Shares[]): void {
	const wanted = wordsIn(at.map((one) => sentences[one]?.text ?? "").join(" "));
	const found = wordsIn(text ?? "");
	const matches = text === null ? [] : matcher.matchText(text);
	const entries = matches.map(({ entryId }) => entryId);
	const of = (map: ReadonlyMap<string, number>) => new Set(entries.flatMap((id) => map.get(id) ?? []));
	const [texts, terms] = [of(textEntries), of(termEntries)];
	for (const shares of to) {
		shares.pictures += 1;
		shares.passed += text === null ? 0 : 1;
		shares.words += wanted.length;
		shares.read += inCommon(wanted, found);
		shares.readWithoutMarks += inCommon(wanted.map(withoutMarks), found.map(withoutMarks));
		shares.known += at.length;
		shares.texts += at.filter((one) => texts.has(one)).length;
		shares.terms += at.filter((one) => terms.has(one)).length;
	}
}

async function draw(
	at: readonly number[],
	where: { font: Font; sizePixels: number; surrounding: Surrounding; seed: number },
) {
	const { noise, isOverPicture, quality } = surroundings[where.surrounding];
	const picture = await drawWords(at.map((one) => sentences[one]?.text ?? "").join("\n\n"), {
		...{ font: where.font, sizePixels: where.sizePixels, noise },
		...(isOverPicture ? { ground: await drawSample(where.seed) } : {}),
	});
	return quality === null ? picture : sharp(picture).jpeg({ quality }).toBuffer();
}

const byFont = new Map(fontNames.map((font) => [font, none()]));
const bySize = new Map(sizes.map((size) => [size, none()]));
const bySurrounding = new Map(Object.keys(surroundings).map((name) => [name as Surrounding, none()]));
const all = none();
const cleanOnes = none();
let seed = 0;
for (const [font, ofFont] of byFont)
	for (const [sizePixels, ofSize] of bySize)
		for (const [surrounding, ofSurrounding] of bySurrounding)
			for (let number = 0; number < Number(values.pictures); number += 1) {
				seed += 1;
				const at = Array.from({ length: sentencesOfPicture }, (_, more) => (seed * 5 + more * 7) % sentences.length);
				const picture = await draw(at, { font, sizePixels, surrounding, seed });
				const readable = surrounding === clean && sizePixels >= 16 ? [cleanOnes] : [];
				judge(await read(picture), at, [ofFont, ofSize, ofSurrounding, all, ...readable]);
			}

const writtenMs = [...readMs];

const percent = (part: number, whole: number) => (whole === 0 ? 0 : (100 * part) / whole);
const least = (atLeast: number) => ({ atLeast, of: "value" }) as const;
function sharesOf(
	name: string,
	shares: Shares,
	aims: { readonly words?: number; readonly texts?: number } = {},
): readonly Figure[] {
	const figure = (what: string, value: number, aim?: number): Figure => ({
		...{ name: `${name}: ${what}`, value, unit: "%" },
		aim: aim === undefined ? null : least(aim),
	});
	return [
		figure("let through by the cheap test", percent(shares.passed, shares.pictures)),
		figure("words read right", percent(shares.read, shares.words), aims.words),
		figure("words right but for their marks", percent(shares.readWithoutMarks, shares.words)),
		figure("known texts found", percent(shares.texts, shares.known), aims.texts),
		figure("terms found", percent(shares.terms, shares.known)),
	];
}

/** Pictures on which nothing is written. */
async function without(name: string, pictures: readonly Uint8Array[]): Promise<readonly Figure[]> {
	readMs.length = 0;
	const texts: (string | null)[] = [];
	for (const picture of pictures) texts.push(await read(picture));
	const passed = texts.filter((text) => text !== null).length;
	const words = texts.filter((text) => text !== null && text !== "").length;
	const found = texts.filter((text) => text !== null && matcher.matchText(text).length > 0).length;
	return [
		{ name: `${name}: let through by the cheap test`, value: percent(passed, texts.length), unit: "%", aim: null },
		{ name: `${name}: with words read where none are`, value: percent(words, texts.length), unit: "%", aim: null },
		{
			...{ name: `${name}: known texts or terms found`, value: percent(found, texts.length), unit: "%" },
			aim: { atMost: 0, of: "value" },
		},
	];
}

const mean = (times: readonly number[]) => times.reduce((sum, one) => sum + one, 0) / Math.max(1, times.length);
const generated = await Promise.all(Array.from({ length: Number(values.without) }, (_, at) => drawSample(at + 1_000)));
const photographs = await readPhotographs().catch(() => []);
const figures: readonly Figure[] = [
	...sharesOf("all", all),
	...sharesOf(`${clean}, 16 pixels and more`, cleanOnes, { words: 95, texts: 95 }),
	...[...bySurrounding].flatMap(([name, shares]) => sharesOf(name, shares)),
	...[...bySize].flatMap(([size, shares]) => sharesOf(`${size} pixels`, shares)),
	...[...byFont].flatMap(([font, shares]) => sharesOf(font, shares)),
	...(await without("generated pictures without words", generated)),
	...(photographs.length === 0
		? []
		: await without(
				"photographs",
				photographs.map(({ jpeg }) => jpeg),
			)),
	{ name: "cheap test, of processor", value: mean(testMs), unit: "ms", aim: { atMost: 25, of: "value" } },
	{ name: "reading a picture with words, of processor", value: mean(writtenMs), unit: "ms", aim: null },
];
process.exitCode = report("Words in pictures", figures, values.json);
