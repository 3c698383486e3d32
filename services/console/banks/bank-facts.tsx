import type { WireBank } from "../../core/wire/bank-api.ts";
import { formatCount } from "../format/number.ts";
import { wordFor } from "../language/dictionary.ts";
import { type Fact, Facts } from "../parts/facts.tsx";
import { Ago, Moment } from "../parts/moment.tsx";
import { usePreferences } from "../shell/console-context.ts";
import { Expiry } from "./expiry.tsx";
import { stateOfBank } from "./state-of-bank.ts";

export function BankFacts({ bank }: { readonly bank: WireBank }) {
	const { words, language } = usePreferences();
	const { columns, bankKind } = words.operations.now;
	const { settings, quarantine, bank: texts } = words.banks;
	const { allowedChange, shadowTally: tally } = bank;
	const count = (value: number) => formatCount(value, language);
	const facts: readonly Fact[] = [
		[columns.kind, bankKind[bank.kind]],
		[columns.category, wordFor(words.terms.category, bank.category)],
		[columns.state, stateOfBank(bank, words)],
		[columns.entries, count(bank.entryCount)],
		[quarantine.title, count(bank.quarantinedCount)],
		[settings.columns.radii, `${bank.tightRadiusBits}/${bank.wideRadiusBits}`],
		[settings.columns.share, `${count(bank.enabledRatio * 100)} %`],
		[texts.sources, bank.sources.length === 0 ? texts.noSources : bank.sources.join(", ")],
		[texts.allowed, texts.allowedChange(count(allowedChange.share * 100), count(allowedChange.addedEntries))],
		[settings.columns.owner, bank.owner ?? "–"],
		[settings.columns.expires, <Expiry key="expires" at={bank.expiresAt} />],
		[columns.updated, <Ago key="updated" at={bank.updatedAt} />],
	];
	return (
		<>
			<Facts facts={facts} />
			{tally !== null && (
				<>
					<h3>
						{texts.shadow.title} <Moment at={tally.since} />
					</h3>
					<p class="quiet">{texts.shadow.intro}</p>
					<Facts
						facts={[
							[texts.shadow.matched, count(tally.matched)],
							[texts.shadow.accounts, count(tally.accounts)],
							[texts.shadow.wouldWithhold, count(tally.wouldWithhold)],
							[texts.shadow.wouldReview, count(tally.wouldReview)],
							[texts.shadow.wouldLetPass, count(tally.wouldLetPass)],
						]}
					/>
				</>
			)}
		</>
	);
}
