// Pictures of some of a file's members, for people to look at, as the walk through it comes by them.
import { pathWithin, thePicture } from "../../core/items/members.ts";
import { isWithinPicture, picturesWithin } from "../../core/items/picture/pictures-within.ts";
import type { ImageExaminer } from "../../core/ports/image-examiner.ts";
import type { VisitedMember } from "./walk-members.ts";

export interface MemberTaker {
	/** A picture that other files stand in. */
	takeOuter(picture: Uint8Array): Promise<void>;
	/** False once there are all. */
	visit(member: VisitedMember): Promise<boolean>;
	isAll(): boolean;
	/** In the order in which they were asked for; null for one that was not there. */
	taken(): readonly (Uint8Array | null)[];
}

export function takeMembers(paths: readonly string[], others: ImageExaminer, signal: AbortSignal): MemberTaker {
	const found = new Map<string, Uint8Array | null>();
	const isAll = () => paths.every((path) => found.has(path));
	const take = async (path: string, file: Uint8Array) => {
		if (paths.includes(path) && !found.has(path)) found.set(path, await pictureOf(file, others, signal));
	};
	const takeWithin = async (outer: string, file: Uint8Array) => {
		if (!paths.some(isWithinPicture)) return;
		for (const { name, cut } of picturesWithin(file).pictures) await take(pathWithin(outer, name), cut());
	};
	return {
		async takeOuter(picture) {
			await take(thePicture, picture);
			await takeWithin("", picture);
		},
		async visit({ path, bytes }) {
			if (bytes !== null) {
				await takeWithin(path, bytes);
				await take(path, bytes);
			}
			return !isAll();
		},
		isAll,
		taken: () => paths.map((path) => found.get(path) ?? null),
	};
}

/** A video is shown by the still after its first second, or by its first. */
const stillsMs = [1_000, 0];

async function pictureOf(bytes: Uint8Array, others: ImageExaminer, signal: AbortSignal): Promise<Uint8Array | null> {
	const stills = others.isVideo?.(bytes) === true ? await others.takeStills?.(bytes, stillsMs, signal) : undefined;
	return stills === undefined ? bytes : (stills.find((still) => still !== null) ?? null);
}
