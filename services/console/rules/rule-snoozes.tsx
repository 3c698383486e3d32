// About whom the rule is not heard, until when, by whom and why; and how often it would have spoken.
import type { RuleAnswer, WireSnooze } from "../../core/wire/rules-api.ts";
import { formatCount } from "../format/number.ts";
import { DataTable } from "../parts/data-table.tsx";
import { Ago, Moment } from "../parts/moment.tsx";
import { useDesk, usePreferences } from "../shell/console-context.ts";
import type { Asking } from "./ask-of-rule.tsx";
import { useRuleWords } from "./use-rule-words.ts";

interface SnoozesProps {
	readonly rule: RuleAnswer;
	readonly onAsk: ((asking: Asking) => void) | null;
}

export function RuleSnoozes({ rule: { snoozes }, onAsk }: SnoozesProps) {
	const { may } = useDesk();
	const { words, language } = usePreferences();
	const texts = words.rules.snoozes;
	const says = useRuleWords();
	const columns = [
		{ name: texts.about, cell: (one: WireSnooze) => says.snoozed(one) },
		{ name: texts.until, cell: (one: WireSnooze) => <Until one={one} /> },
		{
			name: texts.by,
			cell: ({ by, at, why }: WireSnooze) => (
				<>
					{by}, <Ago at={at} /> <q>{why}</q>
				</>
			),
		},
		{ name: texts.firings, isNumber: true, cell: ({ firings }: WireSnooze) => formatCount(firings, language) },
		...(may("policy:decide")
			? [
					{
						name: texts.act,
						cell: (snooze: WireSnooze) =>
							snooze.lasts && (
								<button
									type="button"
									class="button"
									disabled={onAsk === null}
									onClick={() => onAsk?.({ kind: "wake", snooze })}
								>
									{words.rules.wake.name}…
								</button>
							),
					},
				]
			: []),
	];
	return (
		<section>
			<h2>{texts.title}</h2>
			<p class="quiet">{texts.text}</p>
			{snoozes.length > 0 && <DataTable rows={snoozes} keyOf={({ id }) => id} columns={columns} />}
			{may("policy:decide") && (
				<button type="button" class="button" disabled={onAsk === null} onClick={() => onAsk?.({ kind: "snooze" })}>
					{words.rules.snooze.name}…
				</button>
			)}
		</section>
	);
}

function Until({ one: { until, lasts, ended } }: { readonly one: WireSnooze }) {
	const texts = usePreferences().words.rules.snoozes;
	if (lasts) return <Moment at={until} />;
	if (ended === null) return <span class="quiet">{texts.over}</span>;
	return (
		<span class="quiet">
			{texts.endedBy(ended.by)}, <Ago at={ended.at} /> <q>{ended.why}</q>
		</span>
	);
}
