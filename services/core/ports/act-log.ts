// All that machines and people did and saw, in one sequence without gaps. Stores write an act in the transaction of its effect
// (adapters/postgres/acts/append-acts.ts); here they are numbered and read. Nothing is ever changed or deleted.
import type { Act } from "../acts/act.ts";
import type { ActCode } from "../acts/act-catalogue.ts";
import type { SubjectKind } from "../acts/act-kind.ts";
import type { UserId } from "../ids.ts";

export interface ActFilter {
	/** A login, a name on the command line, a platform's name, or `machine`. */
	readonly actor?: string | undefined;
	readonly on?: { readonly kind: SubjectKind; readonly id?: string | undefined } | undefined;
	readonly what?: ActCode | undefined;
	readonly since?: Date | undefined;
	/** Acts on none of these are left out. */
	readonly notOn?: readonly SubjectKind[] | undefined;
	/** Who may still look second at a case, or decide whether its decision stands, is not told that decision (core/cases/second-look.ts). */
	readonly reader?: UserId | undefined;
}

export interface ActPage extends ActFilter {
	/** Newest first, before this one; or oldest first, after this one. Without either, the newest. */
	readonly before?: number | undefined;
	readonly after?: number | undefined;
	readonly limit: number;
}

export interface ActLog {
	/** With everything that was committed before the call. */
	list(page: ActPage): Promise<readonly Act[]>;
	/** Gives what is new its numbers, in as many steps as it takes; answers how many. Any process may, at any time. */
	number(): Promise<number>;
}
