// Numbers that help, by country: a file that operators edit, read and checked at start.
import { readFileSync } from "node:fs";
import { z } from "zod";
import { country } from "../../core/wire/country.ts";

const inBoth = z.object({ vi: z.string().min(1), en: z.string().min(1) });
const hotline = z.object({
	/** ISO 3166-1. */
	country,
	name: inBoth,
	/** As it is dialled there. */
	number: z.string().regex(/^\+?\d[\d ]{1,18}$/),
	isFree: z.boolean(),
	hours: inBoth,
	source: z.string().min(1),
	/** When somebody last made sure of it; a number that nobody checked is not for children. */
	checkedOn: z.iso.date(),
});
export type Hotline = z.infer<typeof hotline>;

/** Throws where the file is not as it must be. */
export function readHotlines(file: string): readonly Hotline[] {
	return z
		.array(hotline)
		.min(1)
		.parse(JSON.parse(readFileSync(file, "utf8")));
}
