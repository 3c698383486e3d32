// A text that was turned upside down, as many pages and keyboards do it: other letters, from the end to the beginning. People turn it back.

const pairs =
	"ɐa qb ɔc pd ǝe ɟf ƃg ɓg ɥh ᴉi ıi ɾj ſj ʞk ʃl ןl ɯm un oo dp bq ɹr ss ʇt nu ʌv ʍw xx ʎy zz ⱯA ꓭB ƆC ꓷD ƎE ℲF ꓨG ſJ ꓘK ꓶL Ԁp ꓤR ꓕT ⊥t ∩U ꓥV ⅄Y ¿? ¡! ˙. ‘, ‚' 'ʻ,";
const upright: ReadonlyMap<string, string> = new Map(
	pairs.split(" ").flatMap((pair) => {
		const [turned = "", letter = ""] = [...pair];
		return [[turned, letter] as const];
	}),
);
const isTurned = /[ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎꓭꓷꓘꓶꓤꓕℲ⅄]/gu;
const fewestTurned = 4;
/** A text with fewer such characters has only borrowed them. */
const fewestShare = 0.2;

/** None where the text does not look so. */
export function readUpsideDown(text: string): readonly string[] {
	const turned = text.match(isTurned)?.length ?? 0;
	if (turned < fewestTurned || turned < fewestShare * text.length) return [];
	const letters = (text.normalize("NFC").match(/\P{M}\p{M}*/gu) ?? []).reverse();
	return [letters.map((letter) => upright.get(letter) ?? letter).join("")];
}
