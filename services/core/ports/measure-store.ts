// What machines did about items on the word of rules, short of hiding them, and its end all at once.
import type { UserId } from "../ids.ts";
import type { MeasuresInForce } from "../measures/after-rule.ts";

export interface MeasureStore {
	inForce(rule: string): Promise<MeasuresInForce>;
	/**
	 * Lifts all that are in force on the rule's word and that people have not decided about, and answers how many there were. Throws
	 * `nothing-changed` where there are none, and `not-found` where there is no such rule.
	 */
	lift(rule: string, lifted: { readonly by: UserId; readonly why: string }): Promise<number>;
}
