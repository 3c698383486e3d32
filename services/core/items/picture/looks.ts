// What of an examined file a model looks at, and where in the file each of it is.
import type { PictureHashes } from "../../banks/bank.ts";
import type { ExaminedMember, ImageExamination, Unpacked } from "../../ports/image-examiner.ts";
import type { Segment } from "../segment.ts";

export interface Place {
	/** When it is seen, where it is a still or a frame. */
	readonly shown?: readonly Segment[];
	/** The member of a container that it is in. */
	readonly within?: readonly string[];
}

export interface Look extends Place {
	/** A square of the model's size. */
	readonly rgb: Uint8Array;
	/** Where it is known which of the file's hashes is its own. */
	readonly pdq?: PictureHashes;
}

type Pictures = Pick<ExaminedMember, "hashes" | "frames" | "rasters"> & Partial<Pick<ExaminedMember, "rastersShown">>;

export function looksOf(examination: ImageExamination | Unpacked): readonly Look[] {
	const own = examination.kind === "examined" ? looksAt(examination) : [];
	const ofMembers = (examination.members ?? []).flatMap((member) =>
		looksAt(member).map((look) => ({ ...look, within: [member.path] })),
	);
	return [...own, ...ofMembers];
}

function looksAt({ hashes, frames, rasters, rastersShown = [] }: Pictures): readonly Look[] {
	const pdqs = [hashes?.pdq ?? null, ...frames];
	// Of many frames a model sees some: which hash is whose is known only where it sees all.
	const isEach = pdqs.length === rasters.length;
	return rasters.map((rgb, at) => {
		const [shown, pdq] = [rastersShown[at], isEach ? pdqs[at] : null];
		return { rgb, ...(shown && { shown }), ...(pdq && { pdq }) };
	});
}
