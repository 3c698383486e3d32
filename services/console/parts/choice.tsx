interface ChoiceProps {
	readonly label: string;
	readonly value: string;
	readonly options: readonly { readonly code: string; readonly text: string }[];
	readonly onChoose: (code: string) => void;
}

/** One of several, beside its label. */
export function Choice({ label, value, options, onChoose }: ChoiceProps) {
	return (
		<label class="field field-inline">
			<span>{label}</span>
			<select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
				{options.map(({ code, text }) => (
					<option key={code} value={code}>
						{text}
					</option>
				))}
			</select>
		</label>
	);
}
