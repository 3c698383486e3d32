import { ownSource } from "../../../core/banks/bank.ts";
import type { WireMatchedEntry } from "../../../core/wire/review-case.ts";
import { usePreferences } from "../../shell/console-context.ts";
import { matchedWords } from "./matched-words.ts";

/** What an entry's opinions come to now, and who says what. */
export function EntryNow({ entry }: { readonly entry: WireMatchedEntry }) {
	const match = matchedWords[usePreferences().language];
	const said = entry.opinions.map(
		({ source, kind }) => `${source === ownSource ? match.ownSource : source}: ${match.opinions[kind]}`,
	);
	return (
		<>
			{match.standings[entry.standing]}
			{entry.isQuarantined && ` · ${match.quarantined}`}
			<br />
			<span class="quiet">{said.join("; ")}</span>
		</>
	);
}
