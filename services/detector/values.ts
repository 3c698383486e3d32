// The value that travels along the chain: each step adds to it.

import type { MediaHashes } from "../core/banks/bank.ts";
import type { Likeness, SameHash } from "../core/clusters/likeness.ts";
import type { Membership } from "../core/clusters/membership.ts";
import type { ExactHashes } from "../core/hashes/exact/exact-hashes.ts";
import type { VideoFrame } from "../core/hashes/vpdq/video-frame.ts";
import type { CaseId, ItemId } from "../core/ids.ts";
import { chooseStills, type KeptVideo } from "../core/items/choose-stills.ts";
import type { ItemKind } from "../core/items/item.ts";
import { chooseMembers, type KeptMembers } from "../core/items/members.ts";
import type { Look } from "../core/items/picture/looks.ts";
import type { Writing } from "../core/items/picture/writings.ts";
import type { Advice } from "../core/measures/advice.ts";
import type { ShortenedVerdict } from "../core/policy/shorten-verdict.ts";
import { tiers, type Verdict } from "../core/policy/verdict.ts";
import type { ExaminedMember } from "../core/ports/image-examiner.ts";
import type { StreamRecord } from "../core/ports/item-stream.ts";
import type { LocalCopy } from "../core/ports/local-copies.ts";
import type { Platform } from "../core/ports/platform-store.ts";
import type { RecordOutcome, UnexaminedItem } from "../core/ports/verdict-store.ts";
import type { RecordedFacts } from "../core/rules/fact-record.ts";
import type { SignalCatalogue } from "../core/signals/catalogue.ts";
import type { Signal } from "../core/signals/signal.ts";
import type { WordExcerpt } from "../core/signals/written/word-excerpt.ts";
import type { Country } from "../core/wire/country.ts";
import type { ItemEvent, LiveSegment, MediaLocation, Surface } from "../core/wire/item-event.ts";
import { evidenceKey } from "../core/wire/media-key.ts";
import type { Closing } from "../runtime/closing.ts";
import type { Owner } from "../runtime/fair-queue.ts";

export interface Received {
	readonly record: StreamRecord;
	/** 1 for the first. */
	readonly attempt: number;
	/** After this attempt, what is still unavailable goes to people. */
	readonly isLastAttempt: boolean;
}

export interface Parsed extends Received {
	readonly event: ItemEvent;
}

export interface Owned extends Parsed {
	readonly platform: Platform;
	/** Whose law holds for it: as the event names it, else its platform's; null where neither says. */
	readonly country: Country | null;
}

export interface Admitted extends Owned {
	readonly kind: ItemKind;
	readonly itemId: ItemId;
	/** On its bytes alone, before this examination, which the record waits for. */
	readonly isWithheld: boolean;
	readonly authorId: string;
	readonly surface: Surface;
	/** As the platform says. */
	readonly language: string | null;
	/** The segment of a live stream that it is; null where it is none. */
	readonly live: LiveSegment | null;
	/** It was there before, and says something else now. */
	readonly isEdit: boolean;
}

export interface AdmittedPost extends Admitted {
	readonly text: string;
}

export interface AdmittedMedia extends Admitted {
	readonly location: MediaLocation;
}

/** It is at one of the places of pictures in memory. */
export interface PlacedMedia extends AdmittedMedia {
	/** Gives the place up before it has been examined. */
	leavePlace(): void;
	/** What lasts until it has been examined. */
	readonly untilExamined: Pick<Closing, "keep">;
}

export interface FetchedMedia extends PlacedMedia {
	/** Null where they could not be had, which the signals say, or are too many to be held. */
	readonly bytes: Uint8Array | null;
	/** The file of a video that is too large to be held. */
	readonly copy: LocalCopy | null;
	readonly signals: readonly Signal[];
}

export interface HashedMedia extends FetchedMedia {
	/** The hashes of the bytes; null where there are none. */
	readonly exact: ExactHashes | null;
}

export interface ExaminedMedia extends HashedMedia {
	readonly mediaType: string | null;
	/** Null only where there were no bytes. */
	readonly hashes: MediaHashes | null;
	readonly framePdqs: readonly NonNullable<MediaHashes["pdq"]>[];
	/** What is in it, where it is a container. */
	readonly members: readonly ExaminedMember[];
	/** What models look at. */
	readonly looks: readonly Look[];
	/** What is read, where the policy asks for it. */
	readonly writings: readonly Writing[];
	/** What people are shown of what was read. */
	readonly excerpts: readonly WordExcerpt[];
	/** Null where it is no video. */
	readonly durationMs: number | null;
}

/** What there is of an item for people to see, and for later items to be compared with; of what kind it is does not matter any more. */
interface Evidence {
	readonly text: string | null;
	readonly bytes: Uint8Array | null;
	/** There are bytes, and too many to be held: they are in the upload. */
	readonly isLarge: boolean;
	readonly mediaType: string | null;
	readonly hashes: MediaHashes | null;
	/** What it is like: a text, or one picture, for of a moving one the first frame says little of the others. Null where that says too little. */
	readonly likeness: Likeness | null;
	/** What only the very same has; null where nothing can be said to be the same. */
	readonly same: SameHash | null;
	/** What it links to, as core/outbreaks/post-links.ts has it. */
	readonly links: readonly string[];
	/** How long it is, where it is a video. */
	readonly durationMs: number | null;
	/** Members that can be looked at, where it is a container; null where it is none. */
	readonly pictures: readonly string[] | null;
	/** Those by which it is known, where it is a video. */
	readonly frames: readonly VideoFrame[];
	/** What people are shown of words in it. */
	readonly excerpts: readonly WordExcerpt[];
	/** The upload that its bytes came by, in the media store; it goes once the evidence is kept. */
	readonly uploadKey: string | null;
}

/** Everything that detectors had to say of one item. */
export interface Examined extends Admitted {
	readonly signals: readonly Signal[];
	readonly evidence: Evidence;
}

/** With the clusters that it is a member of. */
export interface Clustered extends Examined {
	readonly memberships: readonly Membership[];
}

/** With what people decided of the same thing among its signals. */
export interface Asked extends Clustered {
	/** The case of an outbreak that waits for something to look at (core/outbreaks/specimen.ts). */
	readonly awaitedBy: CaseId | null;
}

export interface Decided extends Asked {
	readonly verdict: Verdict;
	/** What of it is recorded. */
	readonly shortened: ShortenedVerdict;
	/** What a machine does about it besides. */
	readonly measures: readonly Advice[];
	/** What rules could read of it; null where no law lets them. */
	readonly facts: RecordedFacts | null;
}

/** Its verdict is in the record. */
export interface RecordedItem {
	readonly item: Decided;
	readonly outcome: RecordOutcome;
}

/** On whose behalf it is worked on, for who shares places and decoders fairly. */
export function ownerOf({ platform, surface }: Pick<Admitted, "platform" | "surface">): Owner {
	return { platform: platform.id, surface };
}

/** What the record takes of every item, whatever has been found out about it. */
export function recordedFields(item: Admitted): Omit<UnexaminedItem, "verdict"> {
	return {
		id: item.itemId,
		source: item.event.source,
		eventId: item.event.id,
		subject: item.event.subject,
		platformId: item.platform.id,
		kind: item.kind,
		surface: item.surface,
		country: item.country,
		authorId: item.authorId,
		live: item.live,
		eventTime: item.event.time,
		receivedAt: new Date(item.record.receivedAtMs),
	};
}

/** Where its bytes are to be kept, if they are; null where there are none. */
export function evidenceKeyOf({ evidence: { bytes, isLarge, hashes } }: Examined): string | null {
	return (bytes === null && !isLarge) || hashes === null ? null : evidenceKey(hashes.sha256);
}

/** What is kept of a video for people to look at: stills, where its strongest signals are first. Null where it is none, or has no bytes. */
export function videoOf(item: Decided, catalogue: SignalCatalogue): KeptVideo | null {
	const { durationMs } = item.evidence;
	if (durationMs === null || evidenceKeyOf(item) === null) return null;
	const found = byStrength(item).map((signal) => catalogue.segmentsOf(signal));
	return { durationMs, stillsMs: chooseStills(durationMs, found) };
}

/** What is kept of a container for people to look at: pictures in it, those of its strongest signals first. Null where it is none, or has no bytes. */
export function membersOf(item: Decided, catalogue: SignalCatalogue): KeptMembers | null {
	const { pictures } = item.evidence;
	if (pictures === null || evidenceKeyOf(item) === null) return null;
	const found = byStrength(item).map((signal) => catalogue.withinOf(signal));
	return { paths: chooseMembers(pictures, found) };
}

/** What says most first. */
function byStrength({ verdict: { signals, grounds } }: Decided): readonly Signal[] {
	const rank = (at: number) => tiers.indexOf(grounds[at]?.tier ?? "none");
	return signals
		.map((signal, at) => ({ signal, rank: rank(at) }))
		.toSorted((a, b) => a.rank - b.rank)
		.map(({ signal }) => signal);
}
