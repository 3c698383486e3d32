// What the console asks of sweeps.
import type { SweepId } from "../../core/ids.ts";
import { type SweepRequest, type SweepsAnswer, sweepChange, sweepsAnswer } from "../../core/wire/sweeps-api.ts";
import type { Requests } from "./requests.ts";

export interface SweepCalls {
	sweeps(): Promise<SweepsAnswer>;
	actOnSweep(id: SweepId, request: SweepRequest): Promise<void>;
}

export function sweepCalls({ json }: Pick<Requests, "json">): SweepCalls {
	return {
		sweeps: () => json("GET", "/api/sweeps", sweepsAnswer),
		async actOnSweep(id, body) {
			await json("POST", `/api/sweeps/${id}/act`, sweepChange, { body });
		},
	};
}
