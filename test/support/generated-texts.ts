// Mild texts of words that mean nothing together, the same for the same seed, and their edits.
import { randomFrom } from "./random-from.ts";

const words = (
	"river market window garden bridge morning paper teacher lantern village kitchen summer letter mountain station basket winter pocket harbor orange " +
	"engine butter candle forest island jacket ladder mirror needle oyster pencil quarry rabbit saddle timber umbrella velvet walnut yellow zipper " +
	"anchor barrel copper dragon ember feather glacier hammer ivory jungle kettle lemon meadow nickel olive pepper quilt ribbon silver thunder " +
	"chợ sông cầu vườn sách thuyền ruộng trường buổi sáng mùa hè nhà bếp thư núi ga giỏ đèn làng giấy trà"
).split(" ");

export function createGenerator(seed: number) {
	const random = randomFrom(seed);
	const pick = (below: number) => Math.floor(random() * below);
	const word = () => words[pick(words.length)] ?? "river";
	return {
		/** Of 0 to below that. */
		pick,
		text: (length: number) => Array.from({ length }, word).join(" "),
		/** With two letters behind each other changed for each other. */
		slipped(text: string): string {
			const at = 1 + pick(text.length - 3);
			return `${text.slice(0, at)}${text[at + 1]}${text[at]}${text.slice(at + 2)}`;
		},
		/** With so many of its words replaced. */
		edited(text: string, count: number): string {
			const split = text.split(" ");
			for (let left = count; left > 0; left -= 1) split[pick(split.length)] = word();
			return split.join(" ");
		},
	};
}
