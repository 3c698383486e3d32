// An examined file as a member of what it came in.
import type { Examination, ExaminedMember } from "../../ports/image-examiner.ts";
import { pathWithin } from "../members.ts";

/** A container comes after its members, a picture before the files that stand in its own. */
export function membersOf(path: string, examination: Examination): readonly ExaminedMember[] {
	const { mediaType, hashes, frames } = examination;
	const common = { path, mediaType, hashes, frames, rasters: [], rastersShown: [] };
	if (examination.kind === "unpacked") {
		const { members, missing: fault } = examination;
		return [...members.map((one) => ({ ...one, path: pathWithin(path, one.path) })), { ...common, fault }];
	}
	const { durationMs, members = [], missing = null, soundFault = null } = examination;
	const lasting = durationMs === undefined ? {} : { durationMs };
	const joined = members.map((one) => ({ ...one, path: pathWithin(path, one.path) }));
	if (examination.kind === "unavailable") return [{ ...common, ...lasting, fault: examination.reason }, ...joined];
	const { rasters, rastersShown = [], writing } = examination;
	return [
		{ ...common, ...lasting, rasters, rastersShown, ...(writing && { writing }), fault: missing ?? soundFault },
		...joined,
	];
}
