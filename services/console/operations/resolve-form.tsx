import type { ApiProblemCode } from "../api/api-problem.ts";
import { ReasonForm } from "../parts/reason-form.tsx";
import { useWords } from "../shell/console-context.ts";

interface ResolveProps {
	readonly how: "replay" | "discard";
	readonly count: number;
	readonly problem: ApiProblemCode | null;
	readonly onConfirm: (why: string) => void;
	readonly onCancel: () => void;
}

export function ResolveForm({ how, count, ...rest }: ResolveProps) {
	const texts = useWords().operations.deadLetters.confirm;
	return (
		<ReasonForm
			title={how === "replay" ? texts.replayTitle : texts.discardTitle}
			text={how === "replay" ? texts.replayText(count) : texts.discardText(count)}
			{...rest}
		/>
	);
}
