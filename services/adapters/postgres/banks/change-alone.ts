// One person's change of a bank: what makes the bank do less, or leaves it, takes effect at once; the rest waits as a draft. Read and
// written in one transaction, under the lock that orders the banks' history.
import { type BankSettings, type NewBank, settingsFault } from "../../../core/banks/bank.ts";
import type { SettingsProposal } from "../../../core/banks/bank-proposal.ts";
import { asAnyNewBank, widenedSettings, withoutWidening } from "../../../core/banks/widened-trust.ts";
import { type BankId, uuidv7 } from "../../../core/ids.ts";
import type { BankDraft } from "../../../core/ports/bank-draft-store.ts";
import type { BankStore, ChangedAlone } from "../../../core/ports/bank-store.ts";
import type { Connection } from "../connection/database.ts";
import { tellSettings } from "./bank-acts.ts";
import { lockSequence } from "./bank-changes.ts";
import { parseSettings, putBank, requireBank } from "./bank-settings.ts";
import { isSecondPersonThere, propose, withdrawAskedBefore } from "./propose.ts";

export async function createAlone(tx: Connection, settings: NewBank, by: string): Promise<ChangedAlone> {
	await lockSequence(tx);
	const asked = parseSettings({ ...settings, id: uuidv7(Date.now()) });
	const now = await allowedAlone(tx, asAnyNewBank(asked), asked);
	const bank = await tellSettings(tx, null, await putBank(tx, now, by), by);
	return { bank, waiting: await proposeRest(tx, { now: bank, asked, by }) };
}

export async function updateAlone(
	tx: Connection,
	id: BankId,
	{ change, by }: { readonly change: Parameters<BankStore["updateAlone"]>[1]; readonly by: string },
): Promise<ChangedAlone> {
	await lockSequence(tx);
	const before = await requireBank(tx, id);
	const asked = parseSettings({ ...before, ...change });
	const now = await allowedAlone(tx, before, asked);
	const bank = isSame(before, now) ? before : await tellSettings(tx, before, await putBank(tx, now, by), by);
	const earlier = await withdrawAskedBefore(tx, id, by);
	// What the same person asked for before goes on waiting, but for what is now asked for otherwise.
	const both = { ...asked, ...(earlier === null ? {} : leftOut(earlier.change, change)) };
	return {
		bank,
		waiting: await proposeRest(tx, { now: bank, asked: settingsFault(both) === null ? both : asked, by }),
	};
}

/** The rest of what is asked for, as a draft; null where nothing is left. */
export async function proposeRest(
	tx: Connection,
	{ now, asked, by }: { readonly now: BankSettings; readonly asked: BankSettings; readonly by: string },
): Promise<BankDraft | null> {
	const change = widenedSettings(now, asked);
	if (Object.keys(change).length === 0) return null;
	return propose(tx, { bankId: now.id, by, proposal: { kind: "settings", before: now, change } });
}

/** All of it where nobody has an account that could agree: a second person is not made up. */
export async function allowedAlone(tx: Connection, before: BankSettings, asked: BankSettings): Promise<BankSettings> {
	return (await isSecondPersonThere(tx)) ? withoutWidening(before, asked) : asked;
}

function leftOut(asked: SettingsProposal["change"], now: object): SettingsProposal["change"] {
	return Object.fromEntries(Object.entries(asked).filter(([setting]) => !(setting in now)));
}

function isSame(a: BankSettings, b: BankSettings): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}
