// What a kind of item must bring to be detected. The pipeline asks, and knows no kind itself.
import type { ItemKind } from "../../core/items/item.ts";
import type { HeldItem } from "../../core/ports/sweep-store.ts";
import type { ItemEvent } from "../../core/wire/item-event.ts";
import type { StepResult } from "../step.ts";
import type { Admitted, Examined, Owned } from "../values.ts";

/** What an event says of the item itself. */
type Seen<A extends Admitted> = Omit<A, keyof Owned | "kind" | "itemId" | "isWithheld">;

export interface DetectorKind<A extends Admitted> {
	readonly kind: ItemKind;
	/** Null for an event of another kind. */
	admit(event: ItemEvent): Seen<A> | null;
	/** The event that an item of the record came by, as far as what is held tells it; null where nothing is left to examine. */
	recall(held: HeldItem): ItemEvent | null;
	/**
	 * Whether the record is asked first if it has the item already. What costs less to examine than to look up is examined: the record
	 * itself refuses the second one.
	 */
	readonly isLookedUpFirst: boolean;
	/** The upload that it came by, for one that nobody will examine. */
	uploadOf(item: A): string | null;
	/** All steps from the event to the last signal. */
	examine(item: A): Promise<StepResult<Examined>>;
}

/** What every event says, of an item of the record. */
export function eventOf(item: Pick<HeldItem, "source" | "eventId" | "subject" | "eventTime" | "country">) {
	const { source, eventId: id, subject, eventTime: time, country } = item;
	// Rules alone ask when the account was made, and they are not asked again.
	return { source, id, subject, time, country, accountCreated: null };
}
