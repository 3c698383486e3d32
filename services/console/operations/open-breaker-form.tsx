import { useState } from "preact/hooks";
import { type BreakerKind, type BreakerScope, breakerKinds, everything } from "../../core/policy/breaker.ts";
import type { BreakerScopeChoice } from "../../core/wire/breakers-api.ts";
import type { ApiProblemCode } from "../api/api-problem.ts";
import { ReasonForm } from "../parts/reason-form.tsx";
import { useWords } from "../shell/console-context.ts";

interface FormProps {
	readonly first: BreakerKind;
	readonly scopes: readonly BreakerScopeChoice[];
	readonly problem: ApiProblemCode | null;
	readonly onConfirm: (scope: BreakerScope, reason: string) => void;
	readonly onCancel: () => void;
}

/** Which breaker, what opening it does, and why. */
export function OpenBreakerForm({ first, scopes, onConfirm, ...rest }: FormProps) {
	const texts = useWords().operations.breakers;
	const [kind, setKind] = useState(first);
	const [key, setKey] = useState("");
	const choices = scopes.filter((one) => one.kind === kind);
	// Few of them, all known here; entries are too many, and are named by the id that their cases show.
	const isListed = kind === "bank" || kind === "platform";
	const chosen = isListed && key === "" ? (choices[0]?.key ?? "") : key.trim();
	return (
		<ReasonForm
			title={texts.openTitle}
			text={texts.openText[kind]}
			isIncomplete={kind !== "all" && chosen === ""}
			onConfirm={(reason) => onConfirm(kind === "all" ? everything : { kind, key: chosen }, reason)}
			{...rest}
		>
			<div class="field-row">
				<label class="field">
					<span>{texts.columns.what}</span>
					<select
						value={kind}
						onChange={({ currentTarget }) => {
							setKind(breakerKinds.find((one) => one === currentTarget.value) ?? "all");
							setKey("");
						}}
					>
						{breakerKinds.map((one) => (
							<option key={one} value={one}>
								{texts.kinds[one]}
							</option>
						))}
					</select>
				</label>
				{kind !== "all" && isListed && <ListedKey choices={choices} chosen={chosen} onChoose={setKey} />}
				{kind !== "all" && !isListed && <TypedKey choices={choices} chosen={key} onChoose={setKey} />}
			</div>
		</ReasonForm>
	);
}

interface KeyProps {
	readonly choices: readonly BreakerScopeChoice[];
	readonly chosen: string;
	readonly onChoose: (key: string) => void;
}

function ListedKey({ choices, chosen, onChoose }: KeyProps) {
	const texts = useWords().operations.breakers;
	return (
		<label class="field">
			<span>{texts.which}</span>
			<select value={chosen} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
				{choices.map(({ key, label }) => (
					<option key={key} value={key}>
						{label}
					</option>
				))}
			</select>
		</label>
	);
}

function TypedKey({ choices, chosen, onChoose }: KeyProps) {
	const texts = useWords().operations.breakers;
	return (
		<div class="field">
			<label htmlFor="breaker-key">{texts.id}</label>
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
