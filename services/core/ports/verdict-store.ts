// Where the detector settles items. One call is one transaction: items, verdicts, hash history, cases, orders and outbox rows
// are all there or none is.

import type { MediaHashes } from "../banks/bank.ts";
import type { Membership } from "../clusters/membership.ts";
import type { VideoFrame } from "../hashes/vpdq/video-frame.ts";
import type { CaseId, EntryId, ItemId, OrderId, PlatformId } from "../ids.ts";
import type { KeptVideo } from "../items/choose-stills.ts";
import type { ItemKind } from "../items/item.ts";
import type { ItemHash } from "../items/item-hashes.ts";
import type { KeptMembers } from "../items/members.ts";
import type { Advice } from "../measures/advice.ts";
import type { JudgedItem } from "../policy/foretell.ts";
import type { LeftOut } from "../policy/shorten-verdict.ts";
import type { Verdict } from "../policy/verdict.ts";
import type { RecordedFacts } from "../rules/fact-record.ts";
import type { Copy } from "../signals/decided/decided.ts";
import type { WordExcerpt } from "../signals/written/word-excerpt.ts";
import type { Country } from "../wire/country.ts";
import type { LiveSegment, Surface } from "../wire/item-event.ts";

export interface ItemKey {
	readonly source: string;
	readonly eventId: string;
}

/** What reviewers will need of an item; kept only for items that reach people, and for specimens. */
interface ItemEvidence {
	readonly text: string | null;
	/** Key in the media store, or null where there are no bytes to keep. */
	readonly mediaKey: string | null;
	readonly mediaType: string | null;
	/** Null, or left out, where it is no video. */
	readonly video?: KeptVideo | null;
	/** Null, or left out, where it is no container. */
	readonly members?: KeptMembers | null;
	/** Null, or left out, where nothing was named in words in it. */
	readonly words?: readonly WordExcerpt[] | null;
}

export interface ExaminedItem extends ItemKey {
	readonly id: ItemId;
	readonly platformId: PlatformId;
	readonly subject: string;
	readonly kind: ItemKind;
	readonly surface: Surface;
	/** Whose law holds for it; null where nobody said. */
	readonly country: Country | null;
	readonly authorId: string;
	/** The segment of a live stream that it is; left out, or null, where it is none. */
	readonly live?: LiveSegment | null;
	readonly eventTime: Date | null;
	readonly receivedAt: Date;
	readonly hashes: MediaHashes | null;
	/** Those that stand for its text. */
	readonly textHashes?: readonly ItemHash[];
	/** They are kept packed with those of others, for sweeps alone: nobody had to see it, and it is like nothing. */
	readonly isPacked?: boolean;
	/** Those by which a video is known, where people will see it: what they remove is found again by them. */
	readonly frames?: readonly VideoFrame[];
	/** Shortened (policy/shorten-verdict.ts). */
	readonly verdict: Verdict;
	/** What a machine does about it besides; left out where that is nothing. */
	readonly measures?: readonly Advice[];
	/** What rules could read of it at that moment; null where no law lets them. */
	readonly facts: RecordedFacts | null;
	/** What was left out of it. */
	readonly andMore: readonly LeftOut[];
	/** All that answered for it, whatever the verdict keeps: each counts it. */
	readonly matchedEntries: readonly EntryId[];
	/** What it links to, as outbreaks count it (outbreaks/post-links.ts). */
	readonly links: readonly string[];
	/** The clusters that it joins, or founds. */
	readonly memberships: readonly Membership[];
	/** Items with the same key while a case is open join that case; see cases/cluster-key.ts. Unused where the action is `none`. */
	readonly clusterKey: string;
	/** What it is a copy of; null where people removed nothing like it. */
	readonly copy: Copy | null;
	/** The case that it is kept for though nobody has to see it, if that waits for it still (outbreaks/specimen.ts); left out, or null, for none. */
	readonly specimenFor?: CaseId | null;
	readonly evidence: ItemEvidence;
}

export type RecordOutcome = {
	readonly itemId: ItemId;
	/** The media key under which bytes must still be kept, and {@link VerdictStore.markKept}; null where nothing is owed. */
	readonly owedEvidence: string | null;
} & (
	| { readonly kind: "recorded"; readonly caseId: CaseId | null; readonly orderId: OrderId | null }
	| { readonly kind: "duplicate" }
);

export interface WithholdOutcome {
	readonly kind: "withheld" | "duplicate";
	readonly itemId: ItemId;
}

/** What is known of an item before anything of it has been decoded. */
export type UnexaminedItem = Omit<
	ExaminedItem,
	| "andMore"
	| "measures"
	| "facts"
	| "matchedEntries"
	| "hashes"
	| "textHashes"
	| "isPacked"
	| "links"
	| "frames"
	| "memberships"
	| "clusterKey"
	| "copy"
	| "specimenFor"
	| "evidence"
>;

/** What the record has of a key, and what it still waits for. */
export interface RecordedKey {
	readonly itemId: ItemId;
	/** `examination`: it is withheld, and neither its verdict nor a case is there yet. */
	readonly owes: "nothing" | "evidence" | "examination";
}

interface Owed {
	readonly examination: number;
	/** How long the first of them has been waiting; 0 without any. */
	readonly oldestExaminationSeconds: number;
	readonly evidence: number;
}

export interface VerdictStore {
	/**
	 * Withholds before the examination: item, order and outbox row, and the note that the item owes its examination. `record` brings the
	 * rest under the id that is answered here. A key that is in the record changes nothing.
	 */
	withhold(items: readonly UnexaminedItem[]): Promise<readonly WithholdOutcome[]>;
	/**
	 * Outcomes in the order of the items. A key already in the record (or earlier in the batch) is a duplicate and changes nothing, unless
	 * it owes its examination: then this is it.
	 */
	record(items: readonly ExaminedItem[]): Promise<readonly RecordOutcome[]>;
	/** Those of these keys that are in the record, by {@link itemKeyText}. */
	findRecorded(keys: readonly ItemKey[]): Promise<ReadonlyMap<string, RecordedKey>>;
	/** Which of these keys are in the record and owe it nothing, so that duplicates cost no examination. */
	findSettled(keys: readonly ItemKey[]): Promise<ReadonlySet<string>>;
	/** The item's evidence is in the media store. */
	markKept(id: ItemId): Promise<void>;
	/** Items whose examination, or evidence, is owed, for metrics. */
	countOwed(): Promise<Owed>;
	/** When the last item was recorded; null where none ever was. */
	lastRecordedAt(): Promise<Date | null>;
	/** The items judged last, newest first, with the signals that their verdicts rest on. */
	recent(limit: number): Promise<readonly JudgedItem[]>;
	/** The platform deleted its content: items become `gone`, their undelivered orders are dropped, open cases get to know. */
	markGone(content: { readonly source: string; readonly subject: string; readonly at: Date }): Promise<number>;
}

/** The form of a key in {@link VerdictStore.findSettled}'s answer. */
export function itemKeyText(key: ItemKey): string {
	return `${key.source}\n${key.eventId}`;
}
