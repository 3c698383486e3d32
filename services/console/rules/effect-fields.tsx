// What follows where a rule holds.
import { useWords } from "../shell/console-context.ts";
import type { RuleForm } from "./rule-form.ts";
import { TextField } from "./text-field.tsx";

interface EffectProps {
	readonly form: RuleForm;
	readonly onChange: (part: Partial<RuleForm>) => void;
}

const switches = ["review", "withhold", "limitSpread", "friction"] as const;

export function EffectFields({ form, onChange }: EffectProps) {
	const { effects, editor } = useWords().rules;
	return (
		<fieldset class="rule-effects">
			<legend>{editor.does}</legend>
			{switches.map((one) => (
				<label key={one} class="check">
					<input
						type="checkbox"
						checked={form[one]}
						onChange={({ currentTarget }) => onChange({ [one]: currentTarget.checked })}
					/>
					<span>{effects[one]}</span>
				</label>
			))}
			<div class="field-row">
				<label class="field">
					<span>{effects.raise}</span>
					<input
						type="number"
						min={1}
						max={50}
						value={form.raise}
						onInput={({ currentTarget }) => onChange({ raise: currentTarget.value })}
					/>
				</label>
				<TextField label={effects.label} value={form.label} onInput={(label) => onChange({ label })} />
			</div>
		</fieldset>
	);
}
