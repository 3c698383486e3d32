// What is done about an item, or the account that it is by, short of hiding it. Each has an order that begins it and one that ends it; the item
// stays up, and nothing is decided by it.
export type MeasureKind = "limit-spread";

export interface Measure {
	readonly kind: MeasureKind;
}
