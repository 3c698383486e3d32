// Which written syllables Vietnamese can have, with their marks and without. It knows no dictionary: a syllable that could be is one.
import { withoutMarks } from "./without-marks.ts";

const onsets = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split(" ");
const rimes = new Set(
	(
		"a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây " +
		"e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu " +
		"o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot " +
		"ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uơ uôc uôi uôm uôn " +
		"uông uôt uy uya uych uynh uyên uyêt uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu yt"
	).split(" "),
);
const tones = /[\u0300\u0301\u0303\u0309\u0323]/gu;
export const toneMarks = { f: "\u0300", s: "\u0301", x: "\u0303", r: "\u0309", j: "\u0323" } as const;
export const longestSyllable = 7;

interface SyllableParts {
	readonly onset: string;
	readonly rime: string;
}

const syllables = new Map<string, boolean>();
/** Words come again and again; those that do not must not fill the memory. */
const mostRemembered = 20_000;

/** Whether the word, in lower case, is a syllable: with its marks right, or wholly without marks. */
export function isSyllable(word: string): boolean {
	if (word.length === 0 || word.length > longestSyllable) return false;
	const known = syllables.get(word);
	if (known !== undefined) return known;
	if (syllables.size >= mostRemembered) syllables.clear();
	const is = parts(word) !== null;
	syllables.set(word, is);
	return is;
}

/** By onset and rime, both without the tone; null where it is no syllable. */
function parts(word: string): SyllableParts | null {
	const apart = word.normalize("NFD");
	const toneless = apart.replace(tones, "");
	if (apart.length - toneless.length > 1) return null;
	const letters = toneless.normalize("NFC");
	// One that stops short has a rising or a low tone, or none where no mark is written at all.
	const tone = apart.match(tones)?.[0];
	if (/[cpt]$|ch$/.test(letters) && (tone === "\u0300" || tone === "\u0303" || tone === "\u0309")) return null;
	return cut(letters, rimes) ?? (letters === word ? cut(letters, plainRimes) : null);
}

function cut(letters: string, known: ReadonlySet<string>): SyllableParts | null {
	if (known.has(letters)) return { onset: "", rime: letters };
	for (let length = Math.min(3, letters.length - 1); length > 0; length -= 1) {
		const [onset, rime] = [letters.slice(0, length), letters.slice(length)];
		if (onsetSet.has(onset) && known.has(rime) && belongTogether(onset, rime)) return { onset, rime };
	}
	// `gi` before i is written once: gì, gìn.
	if (letters.startsWith("gi") && known.has(letters.slice(1))) return { onset: "g", rime: letters.slice(1) };
	return null;
}

const onsetSet: ReadonlySet<string> = new Set(onsets);

function belongTogether(onset: string, rime: string): boolean {
	const first = rime.charAt(0);
	if (onset === "qu") return first !== "u" && first !== "ô";
	if (onset === "k" || onset === "gh" || onset === "ngh") return "eêiy".includes(first);
	if (onset === "c" || onset === "ng" || onset === "g") return onset === "g" || !"eêi".includes(first);
	return true;
}

/** Without circumflex, breve and horn. */
const plainRimes: ReadonlySet<string> = new Set(Array.from(rimes, withoutMarks));
