// All banks in memory, as one matcher: it answers which entries a picture or a text is within reach of. It applies each bank's
// own settings; what a match means is policy's to decide. Processes keep it in a thread of its own and ask for it as BankLookUps.
import { assertNever } from "../assert-never.ts";
import { partsOf } from "../hashes/hash-forms.ts";
import {
	fileHashTypes,
	type HashType,
	hashBitsOf,
	isNear,
	isOfFrames,
	isOfParts,
	isOfSounds,
	linkHashTypes,
	type NearHashType,
	radiiOf,
	termHashTypes,
	textHashTypes,
} from "../hashes/hash-type.ts";
import { type LinkQuery, linkVersion } from "../hashes/link/link-hash.ts";
import { type TextForm, textMakers } from "../hashes/makers.ts";
import { framingsVersion } from "../hashes/pdq/framings.ts";
import { soundVersion } from "../hashes/sound/sound.ts";
import { termVersion } from "../hashes/term/term-hash.ts";
import { hashText, normalizeText } from "../hashes/text/text-hash.ts";
import type { BankId } from "../ids.ts";
import type { Clock } from "../ports/clock.ts";
import { textVariants, textVariantsVersion } from "../text/text-variants.ts";
import type { BankChange, BankEntry, BankSettings, Match, MediaHashes, PictureHashes } from "./bank.ts";
import type { BankContents } from "./bank-contents.ts";
import type { SnapshotSource } from "./bank-snapshot.ts";
import { entryRejection } from "./entry-rejection.ts";
import { createEntryTable, type EntryTable, type NearEntry } from "./entry-table.ts";
import { type FrameMatch, matchFrames } from "./match-frames.ts";
import { matchLinks } from "./match-links.ts";
import { matchSounds } from "./match-sounds.ts";
import { matchTerms } from "./match-terms.ts";
import { nearestMatches } from "./nearest-matches.ts";
import { frameQueriesOf, type How, picturesOf, type Query, queriesOf } from "./picture-queries.ts";
import { answerOf, type FoundMatch, mayAnswer } from "./who-answers.ts";

export interface BankMatcher {
	/**
	 * One match an entry, of all frames the nearest; `frames` are those of an animation after the first. `isPart`: they are some of a video's, to which others
	 * will come: known videos are not found by them, and what any still of a harmless one shows counts as harmless.
	 */
	match(hashes: MediaHashes, frames?: readonly PictureHashes[], isPart?: boolean): readonly Match[];
	matchText(text: string): readonly Match[];
	/**
	 * Entries of a type within the radius (0 bits where they are compared exactly), whatever their bank's settings and their sources say of them.
	 * Videos are looked up by their stills, and only how much of them must be alike is their bank's to say.
	 */
	lookUp(
		type: HashType,
		hash: Uint8Array,
		radiusBits: number,
		stills?: readonly PictureHashes[],
	): readonly FoundMatch[];
	/** Whether there is a bank of known harmless content whose word counts: what it knows may overrule a match. */
	mayExempt(): boolean;
	/** Whether any bank has known sounds: where none has, nobody listens. */
	hasSounds(): boolean;
	/** Takes one step of the banks' history; seen by the next match. Steps repeated change nothing. */
	apply(change: BankChange): void;
	readonly entryCount: number;
	/** What a snapshot is written from; it may be read while changes are applied. */
	readonly source: SnapshotSource;
	/** Takes contents, in one portion or many, before anything is asked; after the last, `compact` makes look-ups quick. */
	load(contents: BankContents): void;
	compact(): void;
	/** Does a few milliseconds of what changes left to be done; answers whether there is more. For idle moments. */
	maintain(): boolean;
}

/** What a matcher is asked, where the answers come from elsewhere. */
export interface BankLookUps {
	readonly version: string;
	match(...query: Parameters<BankMatcher["match"]>): Promise<readonly Match[]>;
	matchText(text: string): Promise<readonly Match[]>;
	lookUp(...query: Parameters<BankMatcher["lookUp"]>): Promise<readonly FoundMatch[]>;
	mayExempt(): Promise<boolean>;
	hasSounds(): Promise<boolean>;
}

/** The versions of everything that makes what is looked up, in one name. */
export function matcherVersion(): string {
	const ofTexts = textHashTypes.map((type) => textMakers[type].version);
	return [
		"pdq-1",
		framingsVersion,
		"vpdq-1",
		soundVersion,
		...ofTexts,
		textVariantsVersion,
		linkVersion,
		termVersion,
	].join("+");
}

/** Forms that are read alike have the same hashes, whatever their type: the first speaks for them. */
function distinctForms(forms: readonly TextForm[]): readonly TextForm[] {
	const read = new Set<string>();
	return forms.filter(({ text }) => {
		const { size } = read;
		return read.add(normalizeText(text)).size > size;
	});
}

export function createBankMatcher({ clock }: { readonly clock: Clock }): BankMatcher {
	const banks = new Map<BankId, BankSettings>();
	const table = createEntryTable();

	const answer = createAnswer(banks, clock);
	const matchAny = createMatchAny(banks, table, answer);
	const lookLink = (types: readonly HashType[], query: LinkQuery, content: Uint8Array) =>
		types.flatMap((type) => matchAny(type, [cutTo(hashBitsOf(type))(query)], content));
	const matchVideos = createMatchVideos(banks, table, answer);
	return {
		match(hashes, frames = [], isPart = false) {
			const pictures = picturesOf(hashes, frames);
			const ofBytes = fileHashTypes.flatMap((type) => matchAny(type, [{ hash: hashes[type] }], hashes.sha256));
			const ofPictures = matchAny("pdq", pictures.flatMap(queriesOf), hashes.sha256);
			const ofVideos = table.countOf("vpdq") === 0 ? [] : matchVideos(pictures, hashes.sha256, isPart);
			// What is known to be harmless in it counts for neither.
			const seen = ofVideos.length === 0 ? ofPictures : nearestMatches([...ofPictures, ...ofVideos]);
			return [...ofBytes, ...seen, ...matchSounds(hashes, table, answer)];
		},
		matchText(text) {
			const content = hashText(text);
			if (content === null) return [];
			// Some take longer than everything else here: not for banks without such entries.
			const types = textHashTypes.filter((type) => table.countOf(type) > 0);
			const ofLinks = linkHashTypes.filter((type) => table.countOf(type) > 0);
			const found = ofLinks.length === 0 ? [] : matchLinks(text, (query) => lookLink(ofLinks, query, content));
			const hasTerms = termHashTypes.some((type) => table.countOf(type) > 0);
			if (types.length === 0 && !hasTerms) return found;
			const forms = distinctForms([{ transform: "none", text }, ...textVariants(text)]);
			const terms = hasTerms
				? matchTerms(forms, table.terms, (entry, how) => answer(entry, content, { distanceBits: 0, ...how }))
				: [];
			return [...types.flatMap((type) => matchAny(type, textMakers[type].queries(forms), content)), ...found, ...terms];
		},
		lookUp(type, hash, radiusBits, stills) {
			const found =
				isOfFrames(type) && !isOfSounds(type) && stills !== undefined
					? videosNear({ table, sharesOf: (id) => sharesOfWhole(banks.get(id)) }, stills, radiusBits).map(
							({ entry, how }) => ({ entry, ...how }),
						)
					: entriesNear(table, type, hash, radiusBits);
			return found.flatMap((one) => {
				const bank = banks.get(one.entry.bankId);
				return bank === undefined ? [] : [{ ...one, bank }];
			});
		},
		hasSounds: () => table.countOf("audio-fingerprint") > 0,
		mayExempt: () =>
			[...banks.values()].some((bank) => bank.kind === "exempt" && !bank.shadow && mayAnswer(bank, clock.now())),
		apply: (change) => applyChange(change, banks, table),
		get entryCount() {
			return table.size;
		},
		source: {
			banks: () => [...banks.values()],
			details: () => table.details(),
			rows: () => table.rows(),
			frames: () => table.frames(),
		},
		load(contents) {
			for (const bank of contents.banks) banks.set(bank.id, bank);
			table.load(contents);
		},
		compact: () => table.compact(),
		maintain: () => table.maintain(),
	};
}

/** The entries of one type that answer for a content, looked up by any number of hashes; one match an entry. */
type MatchAny = (type: HashType, queries: readonly Query[], content: Uint8Array) => readonly Match[];

/** What an entry says of a content, if it answers for it. */
type Answer = (entry: BankEntry, content: Uint8Array, how: How) => Match | null;

function createAnswer(banks: ReadonlyMap<BankId, BankSettings>, clock: Clock): Answer {
	return (entry, content, how) => {
		const bank = banks.get(entry.bankId);
		return bank === undefined
			? null
			: answerOf({ bank, entry, ...how }, { nowMs: clock.now(), coin: fractionOf(content) });
	};
}

function createMatchAny(banks: ReadonlyMap<BankId, BankSettings>, table: EntryTable, answer: Answer): MatchAny {
	const matchExact = (type: HashType, { hash, ...how }: Query, content: Uint8Array): readonly Match[] =>
		table.findExact(type, hash).flatMap((entry) => answer(entry, content, { distanceBits: 0, ...how }) ?? []);
	const matchNear = (type: NearHashType, queries: readonly Query[], content: Uint8Array): readonly Match[] => {
		const radiusBits = Math.max(0, ...[...banks.values()].map((bank) => radiiOf(type, bank).wideRadiusBits));
		const found = table.findNear(
			type,
			queries.map(({ hash }) => hash),
			radiusBits,
		);
		const matches = queries.flatMap(({ hash: _hash, ...how }, at) =>
			(found[at] ?? []).flatMap(({ entry, distanceBits }) => answer(entry, content, { distanceBits, ...how }) ?? []),
		);
		return nearestMatches(matches);
	};

	const matchHeld = (type: HashType, { hash, ...how }: Query, content: Uint8Array): readonly Match[] =>
		table
			.findHeld(partsOf(hash), radiiOf(type, nowhere).wideRadiusBits)
			.flatMap(({ entry, distanceBits }) => answer(entry, content, { distanceBits, ...how }) ?? []);

	return (type, queries, content) => {
		if (isNear(type)) return matchNear(type, queries, content);
		const matchOne = isOfParts(type) ? matchHeld : matchExact;
		return nearestMatches(queries.flatMap((query) => matchOne(type, query, content)));
	};
}

/** A video by its stills; a still picture is none. */
function createMatchVideos(
	banks: ReadonlyMap<BankId, BankSettings>,
	table: EntryTable,
	answer: Answer,
): (pictures: readonly PictureHashes[], content: Uint8Array, isPart: boolean) => readonly Match[] {
	return (pictures, content, isPart) => {
		const radiusBits = Math.max(0, ...[...banks.values()].map(({ wideRadiusBits }) => wideRadiusBits));
		const sharesIn = isPart ? sharesOfPart : sharesOfWhole;
		const found = videosNear({ table, sharesOf: (id) => sharesIn(banks.get(id)) }, pictures, radiusBits);
		const turnMs = pictures[0]?.turnMs;
		return found.flatMap(({ entry, how }) => answer(entry, content, { ...how, ...(turnMs && { turnMs }) }) ?? []);
	};
}

type SharesOf = (bank: BankSettings | undefined) => BankSettings["videoShares"] | null;

const sharesOfWhole: SharesOf = (bank) => bank?.videoShares ?? null;
/** How much of the whole is in it nobody knows yet. */
const sharesOfPart: SharesOf = (bank) => (bank?.kind === "exempt" ? { ofItem: 0, ofEntry: 0 } : null);

interface NearVideos {
	readonly table: EntryTable;
	readonly sharesOf: (id: BankId) => ReturnType<SharesOf>;
}

function videosNear(
	{ table, sharesOf }: NearVideos,
	stills: readonly PictureHashes[],
	radiusBits: number,
): readonly FrameMatch[] {
	return matchFrames(
		frameQueriesOf(stills),
		(hashes) => table.findFrames(hashes, radiusBits),
		({ bankId }) => sharesOf(bankId),
	);
}

function entriesNear(table: EntryTable, type: HashType, hash: Uint8Array, radiusBits: number): readonly NearEntry[] {
	if (isNear(type)) return table.findNear(type, [hash], radiusBits)[0] ?? [];
	if (isOfParts(type)) return table.findHeld(partsOf(hash), radiusBits);
	return table.findExact(type, hash).map((entry) => ({ entry, distanceBits: 0 }));
}

/** The same look-up by the beginning of the hash. */
function cutTo(bits: number): (query: Query) => Query {
	return (query) => ({ ...query, hash: query.hash.subarray(0, bits / 8) });
}

/** Types of parts have radii of their own. */
const nowhere = { tightRadiusBits: 0, wideRadiusBits: 0 };

function applyChange(change: BankChange, banks: Map<BankId, BankSettings>, table: EntryTable): void {
	switch (change.kind) {
		case "bank":
			table.keepBank(change.bank.id);
			banks.set(change.bank.id, change.bank);
			return;
		case "bank-removed":
			banks.delete(change.bankId);
			table.removeBank(change.bankId);
			return;
		case "entry":
			// Lists from elsewhere may hold what must never match; the store refuses it, and so does every matcher. An entry that somebody
			// judges while its removed bank is swept away does not come back.
			if (entryRejection(change.entry) === null && banks.has(change.entry.bankId)) table.put(change.entry);
			return;
		case "entry-removed":
			table.remove(change.entryId);
			return;
		default:
			assertNever(change);
	}
}

/** Where a content stands among all, by its hash: the same content always gets the same answer of a bank that is on for a share. */
export function fractionOf(content: Uint8Array): number {
	return (((content[0] ?? 0) << 16) | ((content[1] ?? 0) << 8) | (content[2] ?? 0)) / 2 ** 24;
}
