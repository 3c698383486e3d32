// Members of a container as they come, each examined as a file of its own.
import { membersOf } from "../../core/items/picture/members-of.ts";
import type {
	ExaminedMember,
	ExamineRequest,
	ImageExamination,
	ImageExaminer,
} from "../../core/ports/image-examiner.ts";
import type { VisitedMember } from "./walk-members.ts";

/** Pictures and videos of one file that are examined. */
const mostPictures = 256;
/** Those that are at the decoders together: others want them, too. */
const atOnce = 4;

/** What Office files have beside their pictures, and nobody is shown: settings of printers, fonts under a mask. */
const unshown = /(^|\/)(printerSettings\d*\.bin|[^/]*\.(odttf|fntdata))$/i;
/** An Office file says so in a member of this name (ECMA-376, part 2, 7.2.3.2). */
const packageMark = /(^|\/)\[Content_Types\]\.xml$/;

interface Asked extends Required<Pick<ExamineRequest, "owner" | "onSlow" | "wantsWriting" | "wantsSound">> {
	readonly signal: AbortSignal;
}

export interface MemberExaminations {
	/** False once there were too many pictures; the last of them says so. */
	visit(member: VisitedMember): Promise<boolean>;
	/** In the order in which they came. */
	members(): Promise<readonly ExaminedMember[]>;
}

export function examineMembers(others: ImageExaminer, { signal, ...request }: Asked): MemberExaminations {
	const members: (readonly ExaminedMember[] | Promise<readonly ExaminedMember[]>)[] = [];
	const underWay = new Set<Promise<unknown>>();
	let pictures = 0;
	const begin = async (path: string, { bytes, exact }: Pick<VisitedMember, "exact"> & { readonly bytes: Uint8Array }) =>
		membersOf(path, withoutJoined(await others.examine(bytes, signal, { ...request, exact })));
	return {
		async visit({ path, exact, bytes, typed, fault, isContainer }) {
			const hashes = exact === null ? null : { ...exact, pdq: null };
			const words = typed === null ? {} : { typed };
			const unseen = { path, mediaType: null, hashes, frames: [], rasters: [], rastersShown: [], ...words, fault };
			if (bytes === null || isContainer) {
				members.push([unseen]);
				return true;
			}
			pictures += 1;
			if (pictures > mostPictures) {
				members.push([{ ...unseen, fault: "members-not-read" }]);
				return false;
			}
			const examined = begin(path, { bytes, exact }).then((found) => found.map(saying(path, { ...words, fault })));
			members.push(examined);
			// Whether it fails is for who asks for the members.
			const settled: Promise<unknown> = examined.then(
				() => underWay.delete(settled),
				() => underWay.delete(settled),
			);
			underWay.add(settled);
			if (underWay.size >= atOnce) await Promise.race(underWay);
			return true;
		},
		async members() {
			const all = (await Promise.all(members)).flat();
			const isPackage = all.some(({ path }) => packageMark.test(path));
			return all.map((one) =>
				one.fault === "not-an-image" && isUnshown(one, isPackage) ? { ...one, fault: null } : one,
			);
		},
	};
}

/** Files in a picture's own are members of their own. */
function withoutJoined({ isJoined: _member, ...examination }: ImageExamination): ImageExamination {
	return examination;
}

/** What is typed on a page, beside what it looks like. */
function saying(path: string, { typed, fault }: Pick<ExaminedMember, "typed" | "fault">) {
	return (one: ExaminedMember): ExaminedMember =>
		one.path === path ? { ...one, ...(typed !== undefined && { typed }), fault: one.fault ?? fault } : one;
}

function isUnshown({ path, mediaType }: ExaminedMember, isPackage: boolean): boolean {
	return (mediaType?.startsWith("font/") ?? false) || (isPackage && mediaType === null && unshown.test(path));
}
