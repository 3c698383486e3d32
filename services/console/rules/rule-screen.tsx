// One rule: the editor, and beside it what it would have done; the stages of its life with their acts; what its shadow summed to; who
// changed what.
import { useMemo, useState } from "preact/hooks";
import type { BacktestAnswer, RuleAnswer, RuleFactsAnswer } from "../../core/wire/rules-api.ts";
import { useAct } from "../hooks/use-act.ts";
import { useResource } from "../hooks/use-resource.ts";
import { OutcomeLines } from "../parts/outcome-lines.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { Loaded, PlainPage } from "../shell/plain-page.tsx";
import { type Asking, AskOfRule } from "./ask-of-rule.tsx";
import { BacktestPanel } from "./backtest-panel.tsx";
import { RuleActs } from "./rule-acts.tsx";
import { RuleEditor } from "./rule-editor.tsx";
import { RuleInForce } from "./rule-in-force.tsx";
import { RuleLife } from "./rule-life.tsx";
import { RuleSnoozes } from "./rule-snoozes.tsx";
import { ShadowSums } from "./shadow-sums.tsx";

interface Everything extends BacktestAnswer {
	readonly facts: RuleFactsAnswer;
	/** Null: it is not written yet. */
	readonly rule: RuleAnswer | null;
}

/** `rule` null: a new one. */
export function RuleScreen({ rule: name }: { readonly rule: string | null }) {
	const { client } = useDesk();
	const texts = useWords().rules;
	const all = useResource(`rule ${name}`, async (): Promise<Everything> => {
		// First the backtest: of one that has ended, the rule that is read afterwards says so as well.
		const { backtest } = name === null ? { backtest: null } : await client.ruleBacktest(name);
		const [facts, rule] = await Promise.all([client.ruleFacts(), name === null ? null : client.rule(name)]);
		return { facts, rule, backtest };
	});
	const [asking, setAsking] = useState<Asking | null>(null);
	const acting = useAct(() => setAsking(null), all.reload);
	const ask = (next: Asking | null) => {
		acting.forget();
		setAsking(next);
	};
	return (
		<PlainPage title={name ?? texts.newTitle} class="now banks rule">
			<OutcomeLines outcome={acting.outcome} problem={asking === null ? acting.problem : null} />
			{asking !== null && name !== null && <AskOfRule {...{ name, asking, acting }} onCancel={() => ask(null)} />}
			<Loaded resource={all}>
				{(everything) => (
					<Sections
						{...{ name, everything }}
						onAsk={asking === null ? ask : null}
						onBacktest={(revision, from) =>
							acting.act(texts.backtest.begun, () =>
								client.beginBacktest(name ?? "", { revision, ...(from === null ? {} : { from }) }),
							)
						}
						onReload={all.reload}
					/>
				)}
			</Loaded>
		</PlainPage>
	);
}

interface SectionsProps {
	readonly name: string | null;
	readonly everything: Everything;
	/** Null while something is asked already. */
	readonly onAsk: ((asking: Asking) => void) | null;
	/** `from` null: the last seven days, or the one that was stopped. */
	readonly onBacktest: (revision: number, from: string | null) => void;
	readonly onReload: () => void;
}

function Sections({ name, everything, onAsk, onBacktest, onReload }: SectionsProps) {
	const { may } = useDesk();
	const { facts, rule, backtest } = everything;
	const newest = rule?.revisions[0] ?? null;
	// A newer revision begins the editor anew; reading the same one again must not.
	const editor = useMemo(
		() => <RuleEditor key={newest?.revision ?? 0} facts={facts} newest={newest} onSaved={onReload} />,
		[newest?.revision],
	);
	return (
		<>
			<div class="rule-desk">
				{(may("policy:decide") || newest !== null) && editor}
				{newest !== null && <BacktestPanel {...{ newest, backtest, onBacktest, onReload }} />}
			</div>
			{rule !== null && name !== null && (
				<>
					<RuleLife {...{ rule, onAsk, onBacktest }} />
					<RuleInForce {...{ rule, onAsk }} />
					<RuleSnoozes {...{ rule, onAsk }} />
					<ShadowSums rule={rule} />
					<RuleActs name={name} rule={rule} />
				</>
			)}
		</>
	);
}
