// What is said and asked before a rule goes on, back, or is stopped.
import { useState } from "preact/hooks";
import { mostShadowDays, shadowDays } from "../../core/rules/life.ts";
import type { AskedStage, RuleStage } from "../../core/rules/rule.ts";
import type { WireSnooze } from "../../core/wire/rules-api.ts";
import { formatCount } from "../format/number.ts";
import type { Acting } from "../hooks/use-act.ts";
import { ReasonForm } from "../parts/reason-form.tsx";
import { useDesk, usePreferences, useWords } from "../shell/console-context.ts";
import { SnoozeForm } from "./snooze-form.tsx";
import { useRuleWords } from "./use-rule-words.ts";

export type Asking =
	| {
			readonly kind: "advance";
			readonly revision: number;
			readonly from: RuleStage;
			readonly to: AskedStage;
			readonly share: number;
	  }
	| { readonly kind: "approve"; readonly to: RuleStage; readonly share: number }
	| { readonly kind: "back" | "stop" | "go-on" | "snooze" | "lift" }
	| { readonly kind: "wake"; readonly snooze: WireSnooze };

interface AskProps {
	readonly name: string;
	readonly asking: Asking;
	readonly acting: Acting;
	readonly onCancel: () => void;
}

export function AskOfRule({ name, asking, acting, onCancel }: AskProps) {
	const { client } = useDesk();
	const { words, language } = usePreferences();
	const texts = words.rules;
	const says = useRuleWords();
	const { problem, isBusy } = acting;
	const form = { problem, isBusy, onCancel };
	if (asking.kind === "advance") return <AdvanceForm {...{ name, asking, acting, onCancel }} />;
	if (asking.kind === "snooze") return <SnoozeForm {...{ name, acting, onCancel }} />;
	if (asking.kind === "wake")
		return (
			<ReasonForm
				title={texts.wake.title(name)}
				text={texts.wake.text(says.snoozed(asking.snooze))}
				onConfirm={(why) => acting.act(texts.wake.done, () => client.endSnooze(asking.snooze.id, why))}
				{...form}
			/>
		);
	if (asking.kind === "approve") {
		const to = says.stage(asking.to, asking.share);
		return (
			<ReasonForm
				title={texts.approve.title(name, to)}
				text={texts.approve.text(to)}
				onConfirm={(why) => acting.act(texts.approve.done(to), () => client.approveRule(name, why))}
				{...form}
			/>
		);
	}
	if (asking.kind === "back")
		return (
			<ReasonForm
				title={texts.back.title(name)}
				text={texts.back.text}
				onConfirm={(why) =>
					acting.act(
						({ revision, stage, share }) => texts.back.done(String(revision), says.stage(stage, share)),
						() => client.takeRuleBack(name, why),
					)
				}
				{...form}
			/>
		);
	if (asking.kind === "lift")
		return (
			<ReasonForm
				title={texts.lift.title(name)}
				text={texts.lift.text}
				onConfirm={(why) =>
					acting.act(
						({ lifted }) => texts.lift.done(formatCount(lifted, language)),
						() => client.liftMeasures(name, why),
					)
				}
				{...form}
			/>
		);
	const { title, text, done } = asking.kind === "stop" ? texts.stop : texts.goOn;
	return (
		<ReasonForm
			title={title(name)}
			text={text}
			onConfirm={(reason) => {
				const scope = { kind: "rule", key: name, reason } as const;
				const run = asking.kind === "stop" ? () => client.openBreaker(scope) : () => client.closeBreaker(scope);
				return acting.act<unknown>(done, run);
			}}
			{...form}
		/>
	);
}

interface AdvanceProps extends AskProps {
	readonly asking: Extract<Asking, { kind: "advance" }>;
}

function AdvanceForm({ name, asking: { revision, from, to, share }, acting, onCancel }: AdvanceProps) {
	const { client } = useDesk();
	const texts = useWords().rules;
	const [percent, setPercent] = useState(from === "canary" ? String(share * 100) : "10");
	const [days, setDays] = useState(String(shadowDays));
	const part = Number(percent) / 100;
	const isIncomplete =
		(to === "canary" && !(part > 0 && part <= 1)) ||
		(to === "shadow" && !(Number.isInteger(Number(days)) && Number(days) >= 1 && Number(days) <= mostShadowDays));
	const confirm = (why: string) =>
		acting.act(
			({ waiting }) => (waiting === null ? texts.advance.done[to] : texts.advance.asked),
			() =>
				client.advanceRule(name, {
					...{ revision, to, why },
					...(to === "canary" ? { share: part } : {}),
					...(to === "shadow" ? { days: Number(days) } : {}),
				}),
		);
	return (
		<ReasonForm
			title={texts.advance.title[to](name)}
			text={texts.advance.text[to]}
			onConfirm={confirm}
			{...{ isIncomplete, onCancel, problem: acting.problem, isBusy: acting.isBusy }}
		>
			{to === "canary" && (
				<NumberField label={texts.advance.percent} value={percent} most={100} step="any" onInput={setPercent} />
			)}
			{to === "shadow" && (
				<NumberField label={texts.advance.days} value={days} most={mostShadowDays} step={1} onInput={setDays} />
			)}
		</ReasonForm>
	);
}

interface NumberFieldProps {
	readonly label: string;
	readonly value: string;
	readonly most: number;
	readonly step: number | "any";
	readonly onInput: (value: string) => void;
}

function NumberField({ label, value, most, step, onInput }: NumberFieldProps) {
	return (
		<label class="field">
			<span>{label}</span>
			<input
				type="number"
				min={step === "any" ? 0 : step}
				max={most}
				step={step}
				value={value}
				onInput={({ currentTarget }) => onInput(currentTarget.value)}
			/>
		</label>
	);
}
