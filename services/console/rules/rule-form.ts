// What stands in the fields of the editor, and the rule that it makes.
import { type Fault, faultsOf } from "../../core/fault.ts";
import { type RuleBody, ruleBody } from "../../core/rules/rule.ts";

export interface RuleForm {
	readonly name: string;
	readonly when: string;
	readonly review: boolean;
	readonly withhold: boolean;
	readonly limitSpread: boolean;
	readonly friction: boolean;
	/** Empty: none. */
	readonly raise: string;
	readonly label: string;
	readonly category: string;
	readonly owner: string;
	readonly reviewBy: string;
}

export function formOf({ name, when, does, category, owner, reviewBy }: RuleBody): RuleForm {
	return {
		...{ name, when, owner, reviewBy, category: category ?? "" },
		review: does.review === true,
		withhold: does.withhold === true,
		limitSpread: does.limitSpread === true,
		friction: does.friction === true,
		raise: does.raise === undefined ? "" : String(does.raise),
		label: does.label ?? "",
	};
}

const halfYearMs = 183 * 86_400_000;

export function emptyForm(owner: string, nowMs: number): RuleForm {
	return {
		...{
			name: "",
			when: "",
			review: true,
			withhold: false,
			limitSpread: false,
			friction: false,
			raise: "",
			label: "",
			category: "",
		},
		...{ owner, reviewBy: new Date(nowMs + halfYearMs).toISOString().slice(0, 10) },
	};
}

export type Read = { readonly body: RuleBody } | { readonly faults: readonly Fault[] };

export function readForm(form: RuleForm): Read {
	const { name, when, review, withhold, limitSpread, friction, raise, label, category, owner, reviewBy } = form;
	const read = ruleBody.safeParse({
		...{ name: name.trim(), when, owner: owner.trim(), reviewBy },
		category: category.trim() === "" ? null : category.trim(),
		does: {
			...(review ? { review } : {}),
			...(withhold ? { withhold } : {}),
			...(limitSpread ? { limitSpread } : {}),
			...(friction ? { friction } : {}),
			...(raise.trim() === "" ? {} : { raise: Number(raise) }),
			...(label.trim() === "" ? {} : { label: label.trim() }),
		},
	});
	return read.success ? { body: read.data } : { faults: faultsOf(read.error.issues, "rule") };
}

/** To have its expression checked while other fields are still empty; null where nothing is written yet. */
export function bodyToCheck(form: RuleForm): RuleBody | null {
	if (form.when.trim() === "") return null;
	const filled = readForm(form);
	if ("body" in filled) return filled.body;
	const { review, withhold, limitSpread, friction } = form;
	const does =
		review || withhold || limitSpread || friction ? { review, withhold, limitSpread, friction } : { review: true };
	const rest = { ...emptyForm("-", 0), ...does, name: "unnamed", when: form.when };
	const read = readForm(rest);
	return "body" in read ? read.body : null;
}
