// One import: what it would change, what was refused, and who may accept it.
import type { WireDraft } from "../../core/wire/bank-api.ts";
import { formatCount } from "../format/number.ts";
import { wordFor } from "../language/dictionary.ts";
import { Facts } from "../parts/facts.tsx";
import { Ago } from "../parts/moment.tsx";
import { useDesk, usePreferences, useSays } from "../shell/console-context.ts";

interface DraftCardProps {
	readonly draft: WireDraft;
	readonly onAccept: () => void;
	readonly onReject: () => void;
}

export function DraftCard({ draft, onAccept, onReject }: DraftCardProps) {
	const { words, language } = usePreferences();
	const says = useSays();
	const { may } = useDesk();
	const texts = words.banks.imports;
	const { delta, rejected, remarks, faults, state, isMine } = draft;
	const count = (value: number) => formatCount(value, language);
	const numbers = [
		[texts.added, delta.added],
		[texts.changed, delta.changed],
		[texts.removed, delta.removed],
		[texts.same, delta.same],
		[texts.refused, rejected.count],
	] as const;
	const needsAnother = faults.length > 0 && isMine;
	return (
		<article class="signal" data-draft={draft.id}>
			<h3>{texts.heading(draft.origin, draft.bankName)}</h3>
			<p class="quiet">
				{texts.states[state]} · {texts.by(draft.createdBy)} · <Ago at={draft.createdAt} />
				{draft.isReplacing && ` · ${texts.full}`}
				{state === "building" && ` · ${texts.read(count(draft.rowCount))}`}
				{state === "accepted" && ` · ${texts.progress(count(draft.doneRows), count(draft.rowCount))}`}
			</p>
			<Facts facts={numbers.map(([label, value]) => [label, count(value)])} />
			<p class="quiet">{texts.before(count(draft.entriesBefore))}</p>
			<SaidBy sources={draft.sources} />
			{remarks.length > 0 && <p>{remarks.map(says).join("; ")}</p>}
			{rejected.count > 0 && (
				<ul class="quiet">
					{Object.entries(rejected.byCode).map(([code, value]) => (
						<li key={code}>
							{wordFor(texts.codes, code)}: <span class="numbers">{count(value)}</span>
						</li>
					))}
					{rejected.first.map(({ line, why }) => (
						<li key={line}>{texts.line(line, says(why))}</li>
					))}
				</ul>
			)}
			{faults.length > 0 && (
				<p class="notice">
					{texts.overAllowance} {faults.map(says).join("; ")}. {needsAnother && <strong>{texts.another}</strong>}
				</p>
			)}
			{state === "open" && may("bank:change") && (
				<div class="button-row">
					<button type="button" class="button" disabled={needsAnother} onClick={onAccept}>
						{texts.accept}
					</button>
					<button type="button" class="button" onClick={onReject}>
						{texts.reject}
					</button>
				</div>
			)}
		</article>
	);
}

function SaidBy({ sources }: Pick<WireDraft, "sources">) {
	const { words, language } = usePreferences();
	const texts = words.banks.imports;
	const { count, first } = sources;
	if (count === 0) return null;
	const names = first.map(({ source, rows, countsAlone }) => {
		const note = countsAlone ? "" : `, ${texts.notNamed}`;
		return `${source} (${formatCount(rows, language)}${note})`;
	});
	if (count > first.length) names.push(texts.moreSources(formatCount(count - first.length, language)));
	return (
		<p class="quiet">
			{texts.saidBy(names.join(", "))}
			{count > 1 && first.some(({ countsAlone }) => !countsAlone) && ` ${texts.asOne}`}
		</p>
	);
}
