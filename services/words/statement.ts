// Everything that machines say to people in sentences, wherever it comes from.
import type { BankStep } from "../core/banks/bank-step.ts";
import type { QuarantineReason } from "../core/banks/entry-surge.ts";
import type { ImportRemark } from "../core/banks/import-remark.ts";
import type { Rejection } from "../core/banks/rejection.ts";
import type { DraftLapse } from "../core/ports/bank-draft-store.ts";
import type { Reason } from "../core/reason.ts";

export type Statement = BankStep | DraftLapse | ImportRemark | QuarantineReason | Reason | Rejection;

/** One language: a sentence for each code, of its parameters. Without a capital or a full stop, so that it may stand within another. */
export type Statements = {
	readonly [C in Statement["code"]]: (said: Extract<Statement, { readonly code: C }>) => string;
};

export function sentence(language: Statements, said: Statement): string {
	// TypeScript does not see that the sentence chosen by a statement's code takes just that statement.
	const say = language[said.code] as (said: Statement) => string;
	return say(said);
}

export function sentences(language: Statements, said: readonly Statement[]): string {
	return said.map((one) => sentence(language, one)).join("; ");
}
