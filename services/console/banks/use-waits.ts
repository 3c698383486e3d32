import type { WireDraft } from "../../core/wire/bank-api.ts";
import { useSays, useWords } from "../shell/console-context.ts";

/** Says what of a change waits for a second person. */
export function useWaits(): (waiting: Pick<WireDraft, "faults">) => string {
	const { proposals } = useWords().banks;
	const says = useSays();
	return ({ faults }) => proposals.waits(faults.map(says).join("; "));
}
