// The value that travels along the chain: each step adds to it.

import type { MediaHashes } from "../core/banks/bank.ts";
import type { ItemId } from "../core/ids.ts";
import type { Verdict } from "../core/policy/verdict.ts";
import type { StreamRecord } from "../core/ports/item-stream.ts";
import type { Platform } from "../core/ports/platform-store.ts";
import type { RecordOutcome } from "../core/ports/verdict-store.ts";
import type { Signal } from "../core/signals/signal.ts";
import type { ItemEvent, MediaLocation, Surface } from "../core/wire/item-event.ts";
import { evidenceKey } from "../core/wire/media-key.ts";

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
}

export interface AdmittedBase extends Owned {
	readonly itemId: ItemId;
	readonly authorId: string;
	readonly surface: Surface;
}
export interface AdmittedPost extends AdmittedBase {
	readonly kind: "post";
	readonly text: string;
}
export interface AdmittedMedia extends AdmittedBase {
	readonly kind: "media";
	readonly location: MediaLocation;
}
export type Admitted = AdmittedPost | AdmittedMedia;

export interface FetchedMedia extends AdmittedMedia {
	/** Null where they could not be had; the signals say why. */
	readonly bytes: Uint8Array | null;
	readonly signals: readonly Signal[];
}

export interface ExaminedMedia extends FetchedMedia {
	readonly mediaType: string | null;
	/** Null only where there were no bytes. */
	readonly hashes: MediaHashes | null;
	readonly framePdqs: readonly NonNullable<MediaHashes["pdq"]>[];
	readonly rasters: readonly Uint8Array[];
}

/** Everything that detectors had to say of one item. */
export type Signalled = (AdmittedPost & { readonly signals: readonly Signal[] }) | ExaminedMedia;

export type Decided = Signalled & { readonly verdict: Verdict };

/** Its verdict is in the record. */
export interface RecordedItem {
	readonly item: Decided;
	readonly outcome: RecordOutcome;
}

/** Where the bytes are to be kept of what people will have to decide; null where there is nothing to keep. */
export function evidenceKeyOf(item: Decided): string | null {
	if (item.kind !== "media" || item.verdict.action === "none" || item.bytes === null || item.hashes === null)
		return null;
	return evidenceKey(item.hashes.sha256);
}
