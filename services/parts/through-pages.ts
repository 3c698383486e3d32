// Goes through the past page by page; each page is noted, so that whoever is stopped goes on from there. The record reads the next page while
// this one is worked on.
import type { ItemId } from "../core/ids.ts";

export interface ThroughPages<Row extends { readonly itemId: ItemId }, At extends { readonly through: ItemId | null }> {
	page(after: ItemId | null): Promise<readonly Row[]>;
	/** What it has come to with the page. */
	work(at: At, page: readonly Row[]): Promise<At>;
	/** False where somebody else has taken it on since. */
	note(before: At, after: At): Promise<boolean>;
	/** Nothing is left. */
	end(at: At): Promise<At>;
	/** It ends after the page at hand. */
	readonly signal: AbortSignal;
}

/** Answers it as it then is: unfinished where it was told to stop. Rejects where somebody else works on it. */
export async function throughPages<
	Row extends { readonly itemId: ItemId },
	At extends { readonly through: ItemId | null },
>(begun: At, { page: pageAfter, work, note, end, signal }: ThroughPages<Row, At>): Promise<At> {
	let at = begun;
	let coming = pageAfter(at.through);
	while (!signal.aborted) {
		const page = await coming;
		const last = page.at(-1);
		if (last === undefined) return end(at);
		coming = pageAfter(last.itemId);
		coming.catch(() => undefined);
		const after = { ...(await work(at, page)), through: last.itemId };
		if (!(await note(at, after))) throw new Error("somebody else goes on with this");
		at = after;
	}
	await coming.catch(() => undefined);
	return at;
}
