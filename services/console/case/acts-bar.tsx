import type { WireCaseDetail } from "../../core/wire/review-case.ts";
import type { Command } from "../keys/keymap.ts";
import { KeyHint } from "../parts/key-hint.tsx";
import { useWords } from "../shell/console-context.ts";
import { isLeavingUp } from "./consequences.ts";

interface BarProps {
	readonly detail: WireCaseDetail;
	readonly isHeld: boolean;
	readonly isBusy: boolean;
	readonly onCommand: (command: Command) => void;
}

/** What can be done, with its key and what it asks for. `remove`, `restore` and `judge` only open the strip that says what would happen. */
export function ActsBar({ detail, isHeld, isBusy, onCommand }: BarProps) {
	const { acts } = useWords();
	const restore = isLeavingUp(detail) ? acts.leaveUp : acts.restore;
	const all = [
		{ command: { kind: "remove" }, key: "r", words: acts.remove, needsClaim: true },
		{ command: { kind: "restore" }, key: "s", words: restore, needsClaim: true },
		{ command: { kind: "skip" }, key: "n", words: acts.skip, needsClaim: true },
		...(detail.entries.length === 0
			? []
			: [{ command: { kind: "judge" }, key: "b", words: acts.judge, needsClaim: true } as const]),
		{ command: { kind: "comment" }, key: "c", words: acts.comment, needsClaim: false },
		{ command: { kind: "back" }, key: "Escape", words: acts.back, needsClaim: true },
	] as const;
	return (
		<div class="acts-bar" role="toolbar" aria-label={acts.label}>
			{all
				.filter(({ needsClaim }) => isHeld || !needsClaim)
				.map(({ command, key, words }) => (
					<button
						key={key}
						type="button"
						class={`act act-${command.kind}`}
						disabled={isBusy}
						onClick={() => onCommand(command)}
					>
						<span class="act-name">
							<KeyHint of={key} /> {words.name}
						</span>
						<span class="act-hint">{words.hint}</span>
					</button>
				))}
		</div>
	);
}
