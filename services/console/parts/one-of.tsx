interface OneOfProps<Code extends string> {
	/** For readers of the screen: what is chosen. */
	readonly label: string;
	readonly value: Code;
	readonly codes: readonly Code[];
	readonly textOf: (code: Code) => string;
	readonly onChoose: (code: Code) => void;
}

/** One of several, all of them in sight. */
export function OneOf<Code extends string>({ label, value, codes, textOf, onChoose }: OneOfProps<Code>) {
	return (
		<fieldset class="choice">
			<legend class="for-readers">{label}</legend>
			{codes.map((one) => (
				<button key={one} type="button" aria-pressed={value === one} onClick={() => onChoose(one)}>
					{textOf(one)}
				</button>
			))}
		</fieldset>
	);
}
