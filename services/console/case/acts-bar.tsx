import { isUndecided } from "../../core/cases/case.ts";
import { isLeavingUp } from "../../core/cases/consequences.ts";
import type { WireCaseDetail } from "../../core/wire/review-case.ts";
import type { Command } from "../keys/keymap.ts";
import type { Dictionary } from "../language/dictionary.ts";
import { KeyHint } from "../parts/key-hint.tsx";
import { useWords } from "../shell/console-context.ts";
import { isOfLink } from "./is-of-link.ts";

interface BarProps {
	readonly detail: WireCaseDetail;
	readonly isHeld: boolean;
	readonly isBusy: boolean;
	readonly onCommand: (command: Command) => void;
}

/** What can be done, with its key and what it asks for. `remove`, `restore` and `judge` only open the strip that says what would happen. */
export function ActsBar({ detail, isHeld, isBusy, onCommand }: BarProps) {
	const { acts } = useWords();
	const ofItems = { remove: acts.remove, restore: isLeavingUp(detail.items) ? acts.leaveUp : acts.restore };
	const { remove, restore } = detail.account !== null ? acts.account : isOfLink(detail) ? acts.link : ofItems;
	const spread = spreadWords(detail.outlook.spread, acts);
	const all = [
		{ command: { kind: "remove" }, key: "r", words: remove, needsClaim: true },
		{ command: { kind: "restore" }, key: "s", words: restore, needsClaim: true },
		{ command: { kind: "skip" }, key: "n", words: acts.skip, needsClaim: true },
		...(detail.outlook.undo === null
			? []
			: [
					{
						command: { kind: "undo" },
						key: "u",
						words: undoWords(detail.outlook.undo.kind, acts),
						needsClaim: false,
					} as const,
				]),
		...(detail.entries.length === 0
			? []
			: [{ command: { kind: "judge" }, key: "b", words: acts.judge, needsClaim: true } as const]),
		...(spread === null ? [] : [{ command: { kind: "spread" }, key: "l", words: spread, needsClaim: true } as const]),
		{ command: { kind: "comment" }, key: "c", words: acts.comment, needsClaim: false },
		{ command: { kind: "back" }, key: "Escape", words: acts.back, needsClaim: true },
	] as const;
	const isClosed = !isUndecided(detail.state);
	return (
		<div class="acts-bar" role="toolbar" aria-label={acts.label}>
			{all
				.filter(({ needsClaim }) => isHeld || !needsClaim)
				.filter(({ command }) => !isClosed || command.kind === "undo")
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

/** Null where nothing advises it: then the key alone does it, and the bar is left to what most cases ask for. */
function spreadWords(
	spread: WireCaseDetail["outlook"]["spread"],
	{ spread: words }: Dictionary["acts"],
): Dictionary["acts"]["spread"]["recommended"] | null {
	if (spread === null) return null;
	if (spread.action === "lift-limit") return words.lift;
	return spread.isRecommended ? words.recommended : null;
}

function undoWords(kind: "undo" | "reopen", { undo }: Dictionary["acts"]) {
	return kind === "undo" ? undo.undoName : undo.reopenName;
}
