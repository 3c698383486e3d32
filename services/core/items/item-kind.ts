// What a kind of item must say of itself for people to be shown it. How it is examined is its detector's (detector/kinds/).
import type { RevealLevel } from "../cases/case.ts";

/** What the record keeps of an item that reaches people. */
interface KeptEvidence {
	readonly text: string | null;
	/** In the media store. */
	readonly mediaKey: string | null;
}

export interface ItemKindPart {
	/** At which levels something of it can be shown; none where nothing was kept. */
	revealLevels(evidence: KeptEvidence): readonly RevealLevel[];
}
