// Carries out the imports that were accepted, here or by a command that was interrupted, and sweeps what removed banks left: step by
// step, until nothing is left.
import type { BankDraftStore } from "../core/ports/bank-draft-store.ts";
import type { BankStore } from "../core/ports/bank-store.ts";
import type { Logger } from "../runtime/logger.ts";
import { type Loop, startLoop } from "../runtime/loop.ts";

const rowsPerStep = 5_000;
const rowsSwept = 20_000;
const lookEveryMs = 15_000;

export function carryOutDrafts(deps: {
	readonly bankDrafts: Pick<BankDraftStore, "list" | "carryOut">;
	readonly banks: Pick<BankStore, "sweep">;
	readonly logger: Logger;
}): Loop {
	let isStopped = false;
	const turn = async (): Promise<number> => {
		try {
			const accepted = await deps.bankDrafts.list({ states: ["accepted"], limit: 20 });
			for (const { id } of accepted) {
				while (!isStopped && (await deps.bankDrafts.carryOut(id, rowsPerStep)).state !== "applied");
			}
			while (!isStopped && (await deps.banks.sweep(rowsSwept)) > 0);
		} catch (error) {
			deps.logger.warn({ event: "import-not-carried-out", err: error });
		}
		return lookEveryMs;
	};
	const loop = startLoop(turn);
	return {
		now: () => loop.now(),
		stop() {
			isStopped = true;
			return loop.stop();
		},
	};
}
