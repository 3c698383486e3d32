// What of an examined file is read, and where in the file each of it is.
import type { ImageExamination, Unpacked } from "../../ports/image-examiner.ts";
import type { DrawnWriting } from "../../ports/word-reader.ts";
import type { Place } from "./looks.ts";

/** Words that are drawn, which a machine has to make out, or typed. */
export type Writing = Pick<Place, "within"> & ({ readonly drawn: DrawnWriting } | { readonly typed: string });

export function writingsOf(examination: ImageExamination | Unpacked): readonly Writing[] {
	if (examination.kind === "unpacked")
		return examination.members.flatMap(({ writing: drawn, typed, path }) => [
			...(typed === undefined ? [] : [{ typed, within: [path] }]),
			...(drawn === undefined ? [] : [{ drawn, within: [path] }]),
		]);
	const drawn = examination.kind === "examined" ? examination.writing : undefined;
	return drawn === undefined ? [] : [{ drawn }];
}
