// Of whom a rule says nothing for a while: an account, or a cluster, until a date. What it would have said is recorded as snoozed, and does
// nothing. It ends by itself: an item that came later is spoken of again.
import { z } from "zod";
import { clusterId, platformId, snoozeId } from "../ids.ts";
import { isStorableText, storablePattern } from "../wire/storable.ts";

/** The account as its platform calls it. */
export const accountId = z.string().min(1).max(256).refine(isStorableText).meta(storablePattern);

export const snoozed = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("account"), platformId, accountId }),
	z.object({ kind: z.literal("cluster"), clusterId }),
]);
export type Snoozed = z.infer<typeof snoozed>;
export const snoozeKinds = ["account", "cluster"] as const satisfies readonly Snoozed["kind"][];

/** One that has not ended, as those who ask rules hold it. */
export const activeSnooze = z.object({ id: snoozeId, of: snoozed, until: z.iso.datetime({ offset: true }) });
export type ActiveSnooze = z.infer<typeof activeSnooze>;

/** All of them are held in memory, and looked through once a second for what ended. */
export const mostSnoozes = 200;
export const mostSnoozeDays = 365;

/** One text for each account and each cluster. */
export function snoozeKey(of: Snoozed): string {
	return of.kind === "cluster" ? `cluster ${of.clusterId}` : `account ${of.platformId} ${of.accountId}`;
}
