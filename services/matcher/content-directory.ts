// Which contents hold the entries that a look-up found. Asked of the record once for each entry, many look-ups in one statement,
// and remembered until the banks' history says that the entry changed.

import type { BankChange, BankEntry } from "../core/banks/bank.ts";
import type { EntryId } from "../core/ids.ts";
import type { BankContentStore, ContentRef } from "../core/ports/bank-content-store.ts";
import { createMicroBatch } from "../runtime/micro-batch.ts";

export interface ContentDirectory {
	/** For each entry the contents that hold it, by number. */
	holding(entries: readonly BankEntry[]): Promise<readonly (readonly ContentRef[])[]>;
	/** To be called after each change of the banks. */
	forget(change: BankChange): void;
}

/** Opinions under such a name are written for contents; any other came another way. */
export const apiSourcePrefix = "api:";

const mostRemembered = 200_000;

export function createContentDirectory(contents: Pick<BankContentStore, "holding">): ContentDirectory {
	const remembered = new Map<EntryId, readonly ContentRef[]>();
	const asked = new Map<EntryId, Promise<readonly ContentRef[]>>();
	const ask = createMicroBatch<BankEntry, readonly ContentRef[]>({
		maxSize: 500,
		maxWaitMs: 1,
		concurrency: 2,
		run: (entries) => contents.holding(entries.map((entry) => ({ ...entry, numbered: hasOtherSource(entry) }))),
	});

	const askOnce = (entry: BankEntry): Promise<readonly ContentRef[]> => {
		const known = asked.get(entry.id);
		if (known !== undefined) return known;
		const answer = ask(entry).then((found) => speakingFor(entry, found));
		asked.set(entry.id, answer);
		answer
			.then((found) => {
				// A change that came meanwhile took the question away: its answer may be the old one.
				if (asked.get(entry.id) !== answer) return;
				if (remembered.size >= mostRemembered) remembered.clear();
				remembered.set(entry.id, found);
			})
			.catch(() => undefined)
			.finally(() => {
				if (asked.get(entry.id) === answer) asked.delete(entry.id);
			});
		return answer;
	};

	return {
		holding(entries) {
			return Promise.all(entries.map((entry) => remembered.get(entry.id) ?? askOnce(entry)));
		},
		forget(change) {
			if (change.kind === "bank") return;
			const id = change.kind === "entry" ? change.entry.id : change.kind === "entry-removed" ? change.entryId : null;
			if (id === null) {
				remembered.clear();
				asked.clear();
				return;
			}
			remembered.delete(id);
			asked.delete(id);
		},
	};
}

function hasOtherSource({ opinions }: BankEntry): boolean {
	return opinions.some(({ source }) => !source.startsWith(apiSourcePrefix));
}

/** Contents whose source stands by the entry, and the entry's own number where another source does, or nobody else is left. */
function speakingFor(entry: BankEntry, found: readonly ContentRef[]): readonly ContentRef[] {
	const isHeld = ({ source }: ContentRef) => source !== null && entry.opinions.some((one) => one.source === source);
	const isOwn = ({ source }: ContentRef) => source === null;
	const withOwn = hasOtherSource(entry) || !found.some(isHeld);
	return found.filter((content) => isHeld(content) || (withOwn && isOwn(content)));
}
