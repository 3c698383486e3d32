// What of an examined file is read, and where in the file each of it is.
import type { ImageExamination, Unpacked } from "../../ports/image-examiner.ts";
import type { DrawnWriting } from "../../ports/word-reader.ts";
import type { Place } from "./looks.ts";

/** Words that are drawn, which a machine has to make out, or typed. */
export type Writing = Pick<Place, "within"> & ({ readonly drawn: DrawnWriting } | { readonly typed: string });

export function writingsOf(examination: ImageExamination | Unpacked): readonly Writing[] {
	const drawn = examination.kind === "examined" ? examination.writing : undefined;
	const ofMembers = (examination.members ?? []).flatMap(({ writing, typed, path }) => [
		...(typed === undefined ? [] : [{ typed, within: [path] }]),
		...(writing === undefined ? [] : [{ drawn: writing, within: [path] }]),
	]);
	return drawn === undefined ? ofMembers : [{ drawn }, ...ofMembers];
}
