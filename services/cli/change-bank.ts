// One person's change of a bank on the command line: what may take effect at once does; the rest waits for a second person, or is agreed
// to by one who is there.
import type { Command } from "commander";
import type { BankDraft } from "../core/ports/bank-draft-store.ts";
import type { ChangedAlone } from "../core/ports/bank-store.ts";
import type { Parts } from "../parts/parts.ts";
import { describeWaiting } from "./describe-draft.ts";
import { print } from "./output.ts";
import { secondPerson } from "./second-person.ts";

export interface Seconded {
	readonly login?: string;
}

export function withSecond(command: Command): Command {
	return command.option(
		"--login <login>",
		"a second person who agrees to what makes the bank do more: their login in the console; asks for the password, or reads it from a pipe",
	);
}

/** Where somebody was named who agrees, with what waited taken into effect. */
export async function seconded(parts: Parts, changed: ChangedAlone, { login }: Seconded): Promise<ChangedAlone> {
	const { waiting } = changed;
	if (waiting === null || login === undefined) return changed;
	await parts.stores.bankDrafts.accept(waiting.id, await secondPerson(parts, login, "bank:change"));
	const bank = await parts.stores.banks.findByName(changed.bank.name);
	return { bank: bank ?? changed.bank, waiting: null };
}

export function printChanged(command: Command, { bank, waiting }: ChangedAlone, what: string): void {
	print(command, { ...bank, waiting }, () => `${what} ${bank.name}${describeWaiting(waiting)}`);
	leaveUndone(waiting);
}

/** As after an import that waits: a script sees that it is not all done. */
export function leaveUndone(waiting: BankDraft | null): void {
	if (waiting !== null) process.exitCode = 1;
}
