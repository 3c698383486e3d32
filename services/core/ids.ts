// Ids are UUIDv7 (RFC 9562): ordered by creation, so indexes stay compact. One brand per kind of thing.
// Runs in the browser too: the console reads the same contracts.
import { z } from "zod";

const id = <B extends string>(_brand: B) => z.uuid().brand<B>();

export const itemId = id("ItemId");
export const caseId = id("CaseId");
export const orderId = id("OrderId");
export const platformId = id("PlatformId");
export const bankId = id("BankId");
export const entryId = id("EntryId");
export const userId = id("UserId");
export const deadLetterId = id("DeadLetterId");

export type ItemId = z.infer<typeof itemId>;
export type CaseId = z.infer<typeof caseId>;
export type OrderId = z.infer<typeof orderId>;
export type PlatformId = z.infer<typeof platformId>;
export type BankId = z.infer<typeof bankId>;
export type EntryId = z.infer<typeof entryId>;
export type UserId = z.infer<typeof userId>;
export type DeadLetterId = z.infer<typeof deadLetterId>;

/** Makes a UUIDv7 string for the given Unix time in milliseconds; parse it with one of the schemas above. */
export function uuidv7(nowMs: number): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	const view = new DataView(bytes.buffer);
	view.setUint32(0, Math.floor(nowMs / 0x1_0000));
	view.setUint16(4, nowMs % 0x1_0000);
	view.setUint8(6, 0x70 | (view.getUint8(6) & 0x0f));
	view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f));
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
