// Ids are UUIDv7 (RFC 9562): ordered by creation, so indexes stay compact. One brand per kind of thing.
import { randomFillSync } from "node:crypto";
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
	const bytes = randomFillSync(Buffer.alloc(16));
	bytes.writeUIntBE(nowMs, 0, 6);
	bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
	bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
	const hex = bytes.toString("hex");
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
