// The card on which a kind of signal is shown in full.
import type { VNode } from "preact";
import type { Signal } from "../../core/signals/signal.ts";
import type { WireMatchedEntry } from "../../core/wire/review-case.ts";
import type { Shown } from "./evidence-part.ts";

export interface CardProps<S extends Signal> extends Shown<S> {
	/** What the case's items match, as it is now. */
	readonly entries: readonly WireMatchedEntry[];
}

export interface EvidenceCard<S extends Signal> {
	Card(props: CardProps<S>): VNode;
}
