// What the members of a container match, as matches of the container: one for each entry, naming the members that match as strongly.
// What a match within a container means is policy's to say.
import type { EntryId } from "../ids.ts";
import { namedPaths, thePicture } from "../items/members.ts";
import type { ExaminedMember } from "../ports/image-examiner.ts";
import { isSameContent, type Match, type MediaHashes, type PictureHashes } from "./bank.ts";
import { outranksExemptions } from "./exemption.ts";
import { isKnownHarmless, isTight } from "./nearest-matches.ts";

interface MatchedMember {
	readonly path: string;
	readonly matches: readonly Match[];
}

interface Within {
	readonly path: string;
	readonly match: Match;
	/** Something in the same member is known to be harmless, and takes it out of what is found. */
	readonly isHarmless: boolean;
}

/** A member that is known to be harmless counts for nothing against the container, and says nothing of the others. */
function matchesOfMembers(members: readonly MatchedMember[]): readonly Match[] {
	const byEntry = new Map<EntryId, Within[]>();
	for (const { path, matches } of members) {
		const isHarmless = matches.some((match) => match.shown === undefined && isKnownHarmless(match));
		for (const match of matches) {
			const one = { path, match, isHarmless: isHarmless && !outranksExemptions(match) };
			const known = byEntry.get(match.entryId);
			if (known === undefined) byEntry.set(match.entryId, [one]);
			else known.push(one);
		}
	}
	return [...byEntry.values()].flatMap(spokenFor);
}

function spokenFor(found: readonly Within[]): readonly Match[] {
	const counting = found.filter(({ match, isHarmless }) => match.bankKind === "exempt" || !isHarmless);
	const [strongest] = (counting.length === 0 ? found : counting).toSorted(
		(a, b) => strengthWithin(a.match) - strengthWithin(b.match),
	);
	if (strongest === undefined) return [];
	const { match } = strongest;
	const alike = counting.filter((one) => isTight(one.match) || !isTight(match));
	// The strongest first: it is the one that is described.
	return [
		{
			...match,
			within: namedPaths([...(counting.length === 0 ? [] : [strongest.path]), ...alike.map(({ path }) => path)]),
		},
	];
}

/** The least is the strongest: the same bytes or words, then a picture by itself, then one that passes. */
export function strengthWithin(match: Match): number {
	if (isSameContent(match)) return 0;
	return (isTight(match) ? 1_000 : 3_000) + (match.shown === undefined ? 0 : 1_000) + match.distanceBits;
}

/** What is looked up of one file. */
interface Examined {
	readonly hashes: MediaHashes;
	readonly frames: readonly PictureHashes[];
	readonly members?: readonly Pick<ExaminedMember, "path" | "hashes" | "frames">[];
}

type LookUp = (hashes: MediaHashes, frames: readonly PictureHashes[]) => readonly Match[] | Promise<readonly Match[]>;

/**
 * The file itself, then each of its members, one after the other. A picture in whose file there are others is known by its pixels as one of them is: what
 * is harmless in it says nothing of those.
 */
export async function matchWithMembers(
	match: LookUp,
	{ hashes, frames, members = [] }: Examined,
): Promise<readonly Match[]> {
	const own = await match(hashes, frames);
	if (members.length === 0) return own;
	const ofBytes = own.filter(isSameContent);
	const known = new Set(ofBytes.map(({ entryId }) => entryId));
	const picture = { path: thePicture, matches: own.filter((one) => !isSameContent(one)) };
	const within = matchesOfMembers([picture, ...(await lookUpMembers(match, members))]);
	return [...ofBytes, ...within.filter(({ entryId }) => !known.has(entryId))];
}

export async function matchMembers(
	match: LookUp,
	members: NonNullable<Examined["members"]>,
): Promise<readonly Match[]> {
	return matchesOfMembers(await lookUpMembers(match, members));
}

async function lookUpMembers(
	match: LookUp,
	members: NonNullable<Examined["members"]>,
): Promise<readonly MatchedMember[]> {
	const matched: MatchedMember[] = [];
	for (const { path, hashes, frames } of members)
		if (hashes !== null) matched.push({ path, matches: await match(hashes, frames) });
	return matched;
}
