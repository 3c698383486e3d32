import { KeyHint } from "../parts/key-hint.tsx";
import { useWords } from "../shell/console-context.ts";

interface ButtonsProps {
	readonly submit: string;
	/** Which keys do what. */
	readonly hint: string;
	readonly hintId?: string;
	readonly isBusy: boolean;
	readonly onCancel: () => void;
}

export function StripButtons({ submit, hint, hintId, isBusy, onCancel }: ButtonsProps) {
	const { confirm } = useWords().acts;
	return (
		<div class="button-row">
			<button type="submit" class="button button-main" disabled={isBusy}>
				{isBusy ? confirm.busy : submit} <KeyHint of="Enter" />
			</button>
			<button type="button" class="button" onClick={onCancel}>
				{confirm.cancel} <KeyHint of="Escape" />
			</button>
			<p class="quiet" id={hintId}>
				{hint}
			</p>
		</div>
	);
}
