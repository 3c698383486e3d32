// /c/banks and /c/bank: banks of known content under HMA's names. Exemption banks, which HMA does not know, are not seen here.
import { z } from "zod";
import { type BankSettings, newBankDefaults } from "../core/banks/bank.ts";
import { BreakwaterError } from "../core/errors.ts";
import { unclassifiedCategory } from "../core/policy/categories.ts";
import type { BankStore } from "../core/ports/bank-store.ts";
import { type ApiBank, bank, bankChangeBody, done, newBankBody, waitingBank } from "../core/wire/matcher-api.ts";
import { type MatcherScope, modelOf, refusals } from "./api.ts";
import { newOwnName, toApiName, toOwnName } from "./bank-name.ts";
import { effectiveRatio } from "./look-up.ts";
import { Refusal } from "./refusal.ts";
import { shown } from "./signal-type.ts";

/** What a bank made through this API is, until its operator says more: its matches go to people. */
const newBankSettings = { ...newBankDefaults, kind: "known", category: unclassifiedCategory } as const;

export const bankPath = z.object({ bank_name: z.string() });

export function addBankRoutes(scope: MatcherScope): void {
	addReading(scope);
	addCreating(scope);
	addChanging(scope);
	addDeleting(scope);
}

/** Throws 404 where there is no such bank of known content. */
export async function requireBank(
	banks: Pick<BankStore, "findByName">,
	name: string,
	message = `bank '${shownBank(name)}' not found`,
): Promise<BankSettings> {
	const ownName = toOwnName(name);
	const found = ownName === null ? null : await banks.findByName(ownName);
	if (found === null || found.kind !== "known") throw new Refusal(404, message);
	return found;
}

export function toApiBank(settings: Pick<BankSettings, "name" | "enabled" | "shadow" | "enabledRatio">): ApiBank {
	return { matching_enabled_ratio: effectiveRatio(settings), name: toApiName(settings.name) };
}

function addReading({ server, deps, guards }: MatcherScope): void {
	server.route({
		...guards(),
		method: "GET",
		url: "/c/banks",
		schema: { tags: ["banks"], summary: "List banks", response: { 200: z.array(bank), ...refusals } },
		handler: async () => (await deps.banks.list()).filter(({ kind }) => kind === "known").map(toApiBank),
	});
	server.route({
		...guards(),
		method: "GET",
		url: "/c/bank/:bank_name",
		schema: {
			tags: ["banks"],
			summary: "Show a bank",
			params: bankPath,
			response: { 200: bank, ...refusals, 404: done },
		},
		handler: async ({ params }) => toApiBank(await requireBank(deps.banks, params.bank_name)),
	});
}

function addCreating({ server, deps, guards, callerOf }: MatcherScope): void {
	server.route({
		...guards({ curates: true }),
		method: "POST",
		url: "/c/banks",
		schema: {
			tags: ["banks"],
			summary: "Create a bank",
			description:
				'{"name": "CAPITALS_AND_UNDERSCORES", "enabled_ratio"?: 0 to 1, "enabled"?: …}. Until the operator says more of it, its matches go to people.',
			response: { 201: bank, ...refusals },
		},
		handler: async (request, reply) => {
			const { name, enabled, enabled_ratio } = modelOf(newBankBody, request);
			const ratio = enabled_ratio ?? (enabled === false ? 0 : 1);
			const settings = { ...newBankSettings, name: newOwnName(name), ...switchedTo(ratio) };
			const created = await refuseTaken("Bank already exists", () =>
				deps.banks.createAlone(settings, callerOf(request).by),
			);
			await deps.index.catchUp();
			return reply.status(201).send(toApiBank(created.bank));
		},
	});
}

function addChanging({ server, deps, guards, callerOf }: MatcherScope): void {
	server.route({
		...guards({ curates: true }),
		method: "PUT",
		url: "/c/bank/:bank_name",
		schema: {
			tags: ["banks"],
			summary: "Rename a bank, or switch it on or off, or for a share of content",
			description:
				'{"name"?: …, "enabled_ratio"?: 0 to 1, "enabled"?: true or false}; the ratio wins. Off, or for less, takes effect at once; on, or for more, waits for a second person: 202, and the bank as it still is.',
			params: bankPath,
			response: { 200: bank, 202: waitingBank, ...refusals, 404: done },
		},
		handler: async (request, reply) => {
			const { name, enabled, enabled_ratio } = modelOf(bankChangeBody, request);
			const before = await requireBank(deps.banks, request.params.bank_name, "Bank not found");
			const ratio = enabled_ratio ?? (typeof enabled === "boolean" ? Number(enabled) : null);
			const change = {
				...(typeof name === "string" ? { name: newOwnName(name) } : {}),
				...(ratio === null ? {} : switchedTo(ratio)),
			};
			const after = await refuseTaken("Bank name already exists", () =>
				deps.banks.updateAlone(before.id, change, callerOf(request).by),
			);
			await deps.index.catchUp();
			if (after.waiting === null) return toApiBank(after.bank);
			const message = "Waits for a second person, in the console or by `breakwater bank approve`.";
			return reply.status(202).send({ ...toApiBank(after.bank), message });
		},
	});
}

function addDeleting({ server, deps, guards, callerOf }: MatcherScope): void {
	server.route({
		...guards({ curates: true }),
		method: "DELETE",
		url: "/c/bank/:bank_name",
		schema: {
			tags: ["banks"],
			summary: "Delete a bank with all that is in it",
			description: "Answers the same where there is none.",
			params: bankPath,
			response: { 200: done, ...refusals },
		},
		handler: async (request) => {
			const ownName = toOwnName(request.params.bank_name);
			const found = ownName === null ? null : await deps.banks.findByName(ownName);
			if (found?.kind === "known") await deps.banks.remove(found.id, callerOf(request).by);
			await deps.index.catchUp();
			return { message: "Done" };
		},
	});
}

function switchedTo(ratio: number): Pick<BankSettings, "enabled" | "enabledRatio"> {
	return { enabled: ratio > 0, enabledRatio: ratio };
}

async function refuseTaken<T>(message: string, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof BreakwaterError && error.code === "name-taken") throw new Refusal(403, message);
		throw error;
	}
}

function shownBank(name: string): string {
	return name.length <= 63 ? name.replace(/[^\w-]/g, "…") : shown(name);
}
