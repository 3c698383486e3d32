import type { WireBank } from "../../core/wire/bank-api.ts";
import { formatCount } from "../format/number.ts";
import { wordFor } from "../language/dictionary.ts";
import { usePreferences } from "../shell/console-context.ts";

export function SettingsTable({ banks }: { readonly banks: readonly WireBank[] }) {
	const { words, language } = usePreferences();
	const { columns, bankKind, bankState, banksNone } = words.operations.now;
	const texts = words.banks.settings;
	if (banks.length === 0) return <p class="quiet">{banksNone}</p>;
	const stateOf = ({ enabled, shadow, trusted, quarantinedCount }: WireBank) =>
		[
			enabled ? (shadow ? bankState.shadow : bankState.on) : bankState.off,
			...(trusted ? [bankState.trusted] : []),
			...(quarantinedCount > 0 ? [texts.quarantined(formatCount(quarantinedCount, language))] : []),
		].join(", ");
	return (
		<div class="table-frame">
			<table class="plain-table">
				<thead>
					<tr>
						<th scope="col">{columns.bank}</th>
						<th scope="col">{columns.kind}</th>
						<th scope="col">{columns.category}</th>
						<th scope="col" class="number-column">
							{columns.entries}
						</th>
						<th scope="col">{columns.state}</th>
						<th scope="col">{texts.columns.radii}</th>
						<th scope="col">{texts.columns.share}</th>
						<th scope="col">{texts.columns.owner}</th>
						<th scope="col">{texts.columns.expires}</th>
					</tr>
				</thead>
				<tbody>
					{banks.map((bank) => (
						<tr key={bank.id}>
							<th scope="row" class="code">
								{bank.name}
							</th>
							<td>{bankKind[bank.kind]}</td>
							<td>{wordFor(words.terms.category, bank.category)}</td>
							<td class="number-column">{formatCount(bank.entryCount, language)}</td>
							<td>{stateOf(bank)}</td>
							<td class="numbers">
								{bank.tightRadiusBits}/{bank.wideRadiusBits}
							</td>
							<td class="numbers">{formatCount(bank.enabledRatio * 100, language)} %</td>
							<td>{bank.owner ?? "–"}</td>
							<td class="numbers">{bank.expiresAt?.slice(0, 10) ?? "–"}</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}
