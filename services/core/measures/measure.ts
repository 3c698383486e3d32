// What is done about an item, or the account that it is by, short of hiding it. Each has an order that begins it and one that ends it; the item
// stays up, and nothing is decided by it. Limited spread is a state of the item (items/item.ts); labels and friction are beside it, each by itself.
import type { CaseId, ItemId } from "../ids.ts";
import type { MeasureAction } from "../orders/order.ts";

export const measureKinds = ["limit-spread", "label", "friction"] as const;
export type MeasureKind = (typeof measureKinds)[number];

export type Measure =
	| { readonly kind: "limit-spread" | "friction" }
	| { readonly kind: "label"; readonly label: string };

/** An order of a measure that is beside the item's state. */
export interface MeasureOrder {
	readonly action: MeasureAction;
	/** The name, of a label. */
	readonly label: string | null;
}

/** The newest order of one label of an item, or of friction of its account. */
export interface ItemMeasure extends MeasureOrder {
	readonly decidedBy: "machine" | "person";
	readonly issuedAt: Date;
	readonly caseId: CaseId | null;
}

export interface MeasureChange extends MeasureOrder {
	readonly itemId: ItemId;
}

const parts = {
	label: { kind: "label", begins: true, opposite: "unlabel" },
	unlabel: { kind: "label", begins: false, opposite: "label" },
	"add-friction": { kind: "friction", begins: true, opposite: "lift-friction" },
	"lift-friction": { kind: "friction", begins: false, opposite: "add-friction" },
} as const satisfies Record<
	MeasureAction,
	{ readonly kind: MeasureKind; readonly begins: boolean; readonly opposite: MeasureAction }
>;

export function measureKindOf(action: MeasureAction): "label" | "friction" {
	return parts[action].kind;
}

export function begins(action: MeasureAction): boolean {
	return parts[action].begins;
}

export function oppositeOf(action: MeasureAction): MeasureAction {
	return parts[action].opposite;
}

/** Null of limited spread, which is an order of the item's state. */
export function orderBeginning(measure: Measure): MeasureOrder | null {
	switch (measure.kind) {
		case "label":
			return { action: "label", label: measure.label };
		case "friction":
			return { action: "add-friction", label: null };
		default:
			return null;
	}
}

/** Orders of one matter follow each other by version; those of another item's, account's or label's are no matter to them. */
export function matterOf({ action, label }: MeasureOrder): string {
	return measureKindOf(action) === "label" ? `label:${label}` : "friction";
}

export function labelIn(matter: string): string | null {
	return matter.startsWith("label:") ? matter.slice("label:".length) : null;
}
