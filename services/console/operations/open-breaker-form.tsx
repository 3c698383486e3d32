import { useState } from "preact/hooks";
import { type BreakerKind, type BreakerScope, everything } from "../../core/policy/breaker.ts";
import type { BreakerScopeChoice } from "../../core/wire/breakers-api.ts";
import type { ApiProblem } from "../api/api-problem.ts";
import { ReasonForm } from "../parts/reason-form.tsx";
import { useWords } from "../shell/console-context.ts";

interface FormProps {
	/** Fixed by the button that opened the form. */
	readonly kind: BreakerKind;
	readonly scopes: readonly BreakerScopeChoice[];
	readonly problem: ApiProblem | null;
	readonly onConfirm: (scope: BreakerScope, reason: string) => void;
	readonly onCancel: () => void;
}

/** Why to stop what the button named; of a bank or the like also which one. What will be stopped is said wherever it changes. */
export function OpenBreakerForm({ kind, scopes, onConfirm, ...rest }: FormProps) {
	const texts = useWords().operations.breakers;
	const [key, setKey] = useState("");
	const choices = scopes.filter((one) => one.kind === kind);
	const chosen = key.trim();
	const name = choices.find((one) => one.key === chosen)?.label ?? chosen;
	const isIncomplete = kind !== "all" && chosen === "";
	return (
		<ReasonForm
			title={texts.openTitle[kind]}
			text={texts.openText[kind]}
			isIncomplete={isIncomplete}
			onConfirm={(reason) => onConfirm(kind === "all" ? everything : { kind, key: chosen }, reason)}
			{...rest}
		>
			{kind !== "all" && <Which kind={kind} choices={choices} chosen={key} onChoose={setKey} />}
			<p class="notice" role="status">
				{isIncomplete
					? texts.willStopNothing
					: kind === "all"
						? texts.willStopAll
						: texts.willStop(texts.kinds[kind], name)}
			</p>
		</ReasonForm>
	);
}

interface WhichProps {
	readonly kind: Exclude<BreakerKind, "all">;
	readonly choices: readonly BreakerScopeChoice[];
	readonly chosen: string;
	readonly onChoose: (key: string) => void;
}

/** Banks, rules and platforms are few, and all known here; entries are too many, and are named by the id that their cases show. */
function Which({ kind, choices, chosen, onChoose }: WhichProps) {
	const texts = useWords().operations.breakers;
	if (kind === "bank" || kind === "platform" || kind === "rule")
		return (
			<label class="field">
				<span>{texts.kinds[kind]}</span>
				<select value={chosen} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
					<option value="">{texts.choose}</option>
					{choices.map(({ key, label }) => (
						<option key={key} value={key}>
							{label}
						</option>
					))}
				</select>
			</label>
		);
	return (
		<div class="field">
			<label htmlFor="breaker-key">
				{texts.kinds[kind]}: {texts.id}
			</label>
			<input
				id="breaker-key"
				value={chosen}
				list="breaker-keys"
				maxLength={256}
				autocomplete="off"
				onInput={({ currentTarget }) => onChoose(currentTarget.value)}
			/>
			<datalist id="breaker-keys">
				{choices.map(({ key }) => (
					<option key={key} value={key} />
				))}
			</datalist>
		</div>
	);
}
