import { ownSource } from "../../../core/banks/bank.ts";
import type { WireMatchedEntry } from "../../../core/wire/review-case.ts";
import { useWords } from "../../shell/console-context.ts";

/** What an entry's opinions come to now, and who says what. */
export function EntryNow({ entry }: { readonly entry: WireMatchedEntry }) {
	const { match } = useWords().evidence;
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
