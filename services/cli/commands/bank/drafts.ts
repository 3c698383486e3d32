// `breakwater bank drafts`, `approve`, `reject`: imports that wait for someone.
import type { Command } from "commander";
import { BreakwaterError } from "../../../core/errors.ts";
import { type DraftId, draftId } from "../../../core/ids.ts";
import type { BankDraft } from "../../../core/ports/bank-draft-store.ts";
import type { Parts } from "../../../parts/parts.ts";
import { sentence, sentences } from "../../../words/statement.ts";
import { english } from "../../../words/statements.en.ts";
import { carryOutDraft } from "../../carry-out-draft.ts";
import { describeDraft } from "../../describe-draft.ts";
import { withParts } from "../../lazy-compose.ts";
import { operatorName, withBy } from "../../operator-name.ts";
import { print, table } from "../../output.ts";
import { parseCount } from "../../parse-options.ts";
import { secondPerson } from "../../second-person.ts";
import { parseId, unknownId } from "../../unknown-id.ts";

export function addDraftCommands(bank: Command): void {
	bank
		.command("drafts")
		.description("List imports that wait or are being carried out, and what else of a bank waits for a second person")
		.option("--all", "also those that are applied or rejected")
		.option("--limit <n>", "how many at most", parseCount, 50)
		.action(async (options: { readonly all?: boolean; readonly limit: number }, command: Command) => {
			const states = options.all === true ? {} : { states: ["building", "open", "accepted"] as const };
			const drafts = await withParts(({ stores }) => stores.bankDrafts.list({ ...states, limit: options.limit }));
			print(command, drafts, (all) =>
				table(["id", "bank", "from", "state", "by", "added", "changed", "removed", "refused", "notes"], all.map(toRow)),
			);
		});
	withBy(bank.command("approve"))
		.description(
			"Accept an import as a whole and carry it out (goes on with one that was interrupted), or what another person asked of a bank",
		)
		.argument("<draft>", "its id")
		.option(
			"--login <login>",
			"the second person's login in the console; asks for the password, or reads it from a pipe",
		)
		.option("--why <reason>", "kept with the draft")
		.addHelpText(
			"after",
			"\nWhat changes more than the bank allows takes another person than the one who imported it, a lead or an operator with\na login of their own: --login, or the console. So does what makes a bank do more than before.",
		)
		.action(async (id: string, options: ApproveOptions, command: Command) => {
			const applied = await withParts(async (parts) => {
				const draft = await requireDraft(parts, id);
				const said = options.why === undefined ? {} : { why: options.why };
				const { bankDrafts } = parts.stores;
				if (options.login === undefined)
					await bankDrafts.accept(draft, await approverOf(parts, draft, options), { name: "typed", ...said });
				else await bankDrafts.accept(draft, await secondPerson(parts, options.login, "bank:change"), said);
				return carryOutDraft(bankDrafts, draft);
			});
			print(command, applied, (one) => `applied to ${one.bankName}: ${describeDraft(one)}`);
		});
	withBy(bank.command("reject"))
		.description("Give up an import, or what was asked of a bank; nothing of it enters the bank")
		.argument("<draft>", "its id")
		.option("--why <reason>", "kept with the draft", "rejected")
		.action(async (id: string, options: { readonly why: string; readonly by?: string }, command: Command) => {
			const rejected = await withParts(async (parts) =>
				parts.stores.bankDrafts.reject(await requireDraft(parts, id), operatorName(options), options.why),
			);
			print(command, rejected, (one) =>
				one.proposal === null
					? `rejected the import of ${one.origin} into ${one.bankName}`
					: `rejected; bank ${one.bankName} stays as it is`,
			);
		});
}

async function requireDraft({ stores }: Parts, text: string): Promise<DraftId> {
	const id = parseDraftId(text);
	if ((await stores.bankDrafts.find(id)) === null) throw unknownId(listed, text);
	return id;
}

interface ApproveOptions {
	readonly why?: string;
	readonly by?: string;
	readonly login?: string;
}

async function approverOf(parts: Parts, id: DraftId, options: ApproveOptions): Promise<string> {
	const draft = await parts.stores.bankDrafts.find(id);
	if (draft?.state === "open" && draft.faults.length > 0)
		throw new BreakwaterError(draft.proposal === null ? "over-allowance" : "same-person", {
			detail: `${sentences(english, draft.faults)}; name them with --login`,
		});
	return operatorName(options);
}

function toRow(draft: BankDraft): readonly (string | number | null)[] {
	const { added, changed, removed } = draft.delta;
	const notes = [
		...draft.faults.map((one) => sentence(english, one)),
		...(draft.isReplacing ? ["full list"] : []),
		...(draft.state === "accepted" ? [`${draft.doneRows} of ${draft.rowCount} rows`] : []),
		...(draft.lapsed === null ? [] : [sentence(english, { code: draft.lapsed })]),
		...(draft.why === null ? [] : [draft.why]),
	];
	const { id, bankName, origin, putBackTo, state, createdBy, rejected } = draft;
	const counts = [added, changed, removed, rejected.count];
	const from = putBackTo === null ? origin : "its history";
	return draft.proposal === null
		? [id, bankName, from, state, createdBy, ...counts, notes.join("; ")]
		: [id, bankName, draft.proposal.kind, state, createdBy, ...counts.map(() => null), notes.join("; ")];
}

const listed = { what: "import", list: "bank drafts --all" };

export function parseDraftId(text: string): DraftId {
	return parseId(draftId, text, listed);
}
