import type { WireCaseDetail } from "../../core/wire/review-case.ts";
import { ReasonForm } from "../parts/reason-form.tsx";
import { useWords } from "../shell/console-context.ts";
import type { CaseDeskState } from "./use-case-desk.ts";

interface UndoProps {
	readonly desk: Pick<CaseDeskState, "acts" | "closeStrip">;
	readonly detail: WireCaseDetail;
}

/** Says what taking the decision back will do, and asks why. */
export function UndoStrip({ desk, detail }: UndoProps) {
	const { undo } = useWords().acts;
	const { acts, closeStrip } = desk;
	return (
		<div class="strip">
			<ReasonForm
				title={undo[detail.outlook.undo?.kind ?? "undo"]}
				text={detail.account === null ? undo.text : undo.ofAccount}
				problem={acts.problem}
				onConfirm={async (reason) => (await acts.undo(reason)) && closeStrip()}
				onCancel={closeStrip}
			/>
		</div>
	);
}
