interface TextFieldProps {
	readonly label: string;
	readonly hint?: string;
	readonly value: string;
	readonly onInput: (value: string) => void;
}

export function TextField({ label, hint, value, onInput }: TextFieldProps) {
	return (
		<label class="field">
			<span>{label}</span>
			<input
				value={value}
				placeholder={hint}
				autocomplete="off"
				spellcheck={false}
				onInput={({ currentTarget }) => onInput(currentTarget.value)}
			/>
		</label>
	);
}
