// An examined file as a member of what it came in.
import type { Examination, ExaminedMember } from "../../ports/image-examiner.ts";
import { pathWithin } from "../members.ts";

/** A container comes after its members. */
export function membersOf(path: string, examination: Examination): readonly ExaminedMember[] {
	const { mediaType, hashes, frames } = examination;
	const common = { path, mediaType, hashes, frames, rasters: [], rastersShown: [] };
	if (examination.kind === "unpacked") {
		const { members, missing: fault } = examination;
		return [...members.map((one) => ({ ...one, path: pathWithin(path, one.path) })), { ...common, fault }];
	}
	const { durationMs } = examination;
	const lasting = durationMs === undefined ? {} : { durationMs };
	if (examination.kind === "unavailable") return [{ ...common, ...lasting, fault: examination.reason }];
	const { rasters, rastersShown = [], writing } = examination;
	return [{ ...common, ...lasting, rasters, rastersShown, ...(writing && { writing }), fault: null }];
}
