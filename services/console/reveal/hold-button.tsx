import { KeyHint } from "../parts/key-hint.tsx";
import { useWords } from "../shell/console-context.ts";

interface HoldProps {
	readonly isReady: boolean;
	readonly onPress: () => void;
	readonly onRelease: () => void;
}

const isHoldKey = (key: string) => key === " " || key === "Enter";

/** For pointers, touch, and the keyboard when the button itself has the focus. Shows only while it is held. */
export function HoldButton({ isReady, onPress, onRelease }: HoldProps) {
	const words = useWords();
	return (
		<button
			type="button"
			class="button hold"
			disabled={!isReady}
			onPointerDown={(event) => {
				if (event.button !== 0) return;
				event.currentTarget.setPointerCapture(event.pointerId);
				onPress();
			}}
			onPointerUp={onRelease}
			onPointerCancel={onRelease}
			onLostPointerCapture={onRelease}
			onKeyDown={(event) => {
				if (!isHoldKey(event.key)) return;
				event.preventDefault();
				if (!event.repeat) onPress();
			}}
			onKeyUp={(event) => {
				if (isHoldKey(event.key)) onRelease();
			}}
			onBlur={onRelease}
			onContextMenu={(event) => event.preventDefault()}
		>
			{words.stage.hold} <KeyHint of=" " />
		</button>
	);
}
