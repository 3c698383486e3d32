// A backtest in bars. Each bar's numbers stand beside it: nothing is told by length or color alone.
import type { WireBacktest } from "../../core/wire/rules-api.ts";
import { formatCount } from "../format/number.ts";
import { usePreferences } from "../shell/console-context.ts";
import { useRuleWords } from "./use-rule-words.ts";

const parts = ["wanted", "unwanted", "unknown"] as const;

export function BacktestPicture({ backtest: { tally, held, precision } }: { readonly backtest: WireBacktest }) {
	const { words, language } = usePreferences();
	const texts = words.rules.backtest;
	const says = useRuleWords();
	const count = (value: number) => formatCount(value, language);
	const share = (part: number) => (tally.held === 0 ? 0 : part / tally.held);
	return (
		<dl class="bars">
			<Bar label={texts.examined} value={count(tally.examined)} />
			<Bar
				label={texts.held}
				value={`${count(tally.held)}${held === null ? "" : ` · ${says.between(held)}`}`}
				of={held}
			/>
			{parts.map((part) => (
				<Bar key={part} label={texts.parts[part]} value={count(tally[part])} share={share(tally[part])} kind={part} />
			))}
			<Bar
				label={texts.precision}
				value={precision === null ? texts.nobodyDecided : says.between(precision)}
				of={precision}
			/>
			<Bar label={texts.alone} value={count(tally.alone)} share={share(tally.alone)} />
			{tally.overlap.map(({ rule, revision, stage, both }) => (
				<Bar
					key={`${rule} ${revision}`}
					label={texts.overlap(rule, words.rules.stages[stage])}
					value={count(both)}
					share={share(both)}
				/>
			))}
			{tally.failed > 0 && <Bar label={texts.failed} value={count(tally.failed)} />}
			{tally.unrecorded > 0 && <Bar label={texts.unrecorded} value={count(tally.unrecorded)} />}
		</dl>
	);
}

interface BarProps {
	readonly label: string;
	readonly value: string;
	/** A part of what it would have held of. */
	readonly share?: number;
	/** A share with its interval, drawn as a range. */
	readonly of?: { readonly share: number; readonly low: number; readonly high: number } | null;
	readonly kind?: (typeof parts)[number];
}

function Bar({ label, value, share, of = null, kind }: BarProps) {
	return (
		<div>
			<dt>{label}</dt>
			<dd>
				<span class="numbers">{value}</span>
				{share !== undefined && (
					<span class={`bar ${kind === undefined ? "" : `bar-${kind}`}`} aria-hidden="true">
						<span style={{ "--from": 0, "--to": share }} />
					</span>
				)}
				{of !== null && (
					<span class="bar bar-interval" aria-hidden="true">
						<span style={{ "--from": of.low, "--to": of.high }} />
						<i style={{ "--at": of.share }} />
					</span>
				)}
			</dd>
		</div>
	);
}
