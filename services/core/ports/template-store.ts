import type { TemplateBook } from "../answers/template-book.ts";
import type { CaseId } from "../ids.ts";
import type { AccountReasons } from "../orders/account-statement/account-statement.ts";
import type { OrderReasons } from "../orders/statement/statement.ts";
import type { RevisionStore } from "./revision-store.ts";

/** Those whom a case's decision is told to, as far as the words name it; some of each. */
export interface ToldOfCase {
	readonly reporters: readonly { readonly received: Date }[];
	readonly users: readonly OrderReasons[];
	/** Those whose account the case is about. */
	readonly accounts: readonly AccountReasons[];
	readonly authorities: readonly { readonly reference: string; readonly received: Date; readonly places: string }[];
}

/**
 * The words of all answers: those that ship with the package until two people have put others in force. What was told before stays as it was told. Throws
 * `templates-stale` where another revision has come into force since a proposal.
 */
export interface TemplateStore extends RevisionStore<TemplateBook> {
	toldOf(id: CaseId): Promise<ToldOfCase>;
}
