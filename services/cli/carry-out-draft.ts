import type { DraftId } from "../core/ids.ts";
import type { BankDraft, BankDraftStore } from "../core/ports/bank-draft-store.ts";
import { startProgress } from "./progress-bar.ts";
import { untilInterrupted } from "./until-interrupted.ts";

const rowsPerStep = 5_000;

/** Takes an accepted draft into its bank. Interrupted, it can be gone on with. */
export async function carryOutDraft(
	drafts: Pick<BankDraftStore, "carryOut" | "find">,
	id: DraftId,
): Promise<BankDraft> {
	using interrupt = untilInterrupted();
	const progress = startProgress("rows applied", (await drafts.find(id))?.rowCount ?? 0);
	try {
		for (;;) {
			const draft = await drafts.carryOut(id, rowsPerStep);
			progress.to(draft.doneRows);
			if (draft.state === "applied") return draft;
			if (interrupt.signal.aborted)
				throw new Error(
					`interrupted after ${draft.doneRows} of ${draft.rowCount} rows; go on with: breakwater bank approve ${id}`,
				);
		}
	} finally {
		progress.stop();
	}
}
