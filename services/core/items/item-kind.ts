// What a kind of item must say of itself for people to be shown it. How it is examined is its detector's (detector/kinds/).
import type { RevealLevel } from "../cases/case.ts";
import type { KeptVideo } from "./choose-stills.ts";
import type { KeptMembers } from "./members.ts";

/** What the record keeps of an item that reaches people. */
interface KeptEvidence {
	readonly text: string | null;
	/** In the media store. */
	readonly mediaKey: string | null;
	readonly mediaType: string | null;
	/** Stills of a video; null where there are none. */
	readonly video: KeptVideo | null;
	/** Members of a container; null where it is none. */
	readonly members: KeptMembers | null;
}

export interface ItemKindPart {
	/** For people, in each language of the console. */
	nameOf(evidence: Pick<KeptEvidence, "mediaType">): { readonly en: string; readonly vi: string };
	/** The detector in whose name an entry that is found later matches it. */
	readonly detector: string;
	/** At which levels something of it can be shown; none where nothing was kept. */
	revealLevels(evidence: KeptEvidence): readonly RevealLevel[];
}
