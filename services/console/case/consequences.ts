// What a decision will do to the items of a case, for the strip that says so before it is confirmed. The rules are those of
// core/cases/act-on-case.ts; the server decides, this only foretells.
import type { Decision } from "../../core/cases/case.ts";
import type { ItemState } from "../../core/items/item.ts";

export interface Consequences {
	/** Counts of items by what becomes of them. */
	readonly removed: number;
	readonly withheld: number;
	readonly restored: number;
	readonly staysWithheld: number;
	readonly staysVisible: number;
	readonly unchanged: number;
	/** Entries that are disputed by it. */
	readonly disputed: number;
	readonly needsSecondPerson: boolean;
	/** Where something changes; all of the case's platforms where nothing does. */
	readonly platforms: readonly string[];
}

interface DecidableCase {
	readonly items: readonly { readonly state: ItemState; readonly platformName: string }[];
	readonly outlook: { readonly isRemoveFinal: boolean; readonly disputedByRestore: readonly unknown[] };
}

type Effect = Exclude<keyof Consequences, "disputed" | "needsSecondPerson" | "platforms">;

export function consequencesOf(decision: Decision, detail: DecidableCase): Consequences {
	const isFinal = decision === "restore" || detail.outlook.isRemoveFinal;
	const effects = detail.items.map((item) => ({
		platform: item.platformName,
		effect: effectOn(item.state, decision, isFinal),
	}));
	const count = (effect: Effect) => effects.filter((one) => one.effect === effect).length;
	const changed = effects.filter(({ effect }) => ["removed", "withheld", "restored"].includes(effect));
	const touched = changed.length > 0 ? changed : effects;
	return {
		removed: count("removed"),
		withheld: count("withheld"),
		restored: count("restored"),
		staysWithheld: count("staysWithheld"),
		staysVisible: count("staysVisible"),
		unchanged: count("unchanged"),
		disputed: decision === "restore" ? detail.outlook.disputedByRestore.length : 0,
		needsSecondPerson: !isFinal,
		platforms: [...new Set(touched.map(({ platform }) => platform))],
	};
}

function effectOn(state: ItemState, decision: Decision, isFinal: boolean): Effect {
	if (state === "removed" || state === "gone") return "unchanged";
	if (decision === "restore") return state === "withheld" ? "restored" : "staysVisible";
	// What people restored before stays as they left it.
	if (state === "restored") return "staysVisible";
	if (isFinal) return "removed";
	return state === "live" ? "withheld" : "staysWithheld";
}

/** `restore` on a case of which nothing is withheld changes nothing at the platform: it is called leaving up. */
export function isLeavingUp(detail: DecidableCase): boolean {
	return consequencesOf("restore", detail).restored === 0;
}
