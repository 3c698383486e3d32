// What comes out of a container, one member after the other, and when it is enough.
import type { UnavailableReason } from "../../core/signals/unavailable/reasons.ts";
import type { Typed } from "./typed.ts";

export interface UnpackLimits {
	/** Members that are read, at most. */
	readonly members: number;
	/** Pages of a document. */
	readonly pages: number;
	/** One member has no more, and all of them together. */
	readonly memberBytes: number;
	readonly bytes: number;
	/** Letters of all texts in it that are read. */
	readonly letters: number;
	/** When to give up, on `performance.now()`'s clock. */
	readonly deadline: number;
}

export interface UnpackRequest extends UnpackLimits {
	/** The first member that is asked for. Those before have been answered; they are not read again. */
	readonly from: number;
	/** Above, by what its header or its directory says, it is not begun: `slow`. Milliseconds of one core. */
	readonly mostCostMs: number;
}

export interface UnpackedData {
	readonly bytes: Uint8Array;
	/** The words on a page, which are not in its bytes; null where they cannot be told. */
	readonly readWords?: (mostLetters: number) => Typed | null;
}

/** A member's name, and its bytes or why there are none. */
export type Unpacked = { readonly name: string } & (UnpackedData | { readonly fault: UnavailableReason });

/** `take` answers false to have no more. The answer says why not all of it was read; null where all was. */
export type ReadContainer = (
	bytes: Uint8Array,
	request: UnpackRequest,
	take: (member: Unpacked) => boolean,
) => Promise<UnavailableReason | "slow" | null>;
