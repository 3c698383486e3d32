// A filled-in form, as a browser posts it, and what is wrong with it in terms of the form's own fields.
import { z } from "zod";
import { type ReportInput, reportInput, reportLimits, saysWhere } from "../core/reports/report.ts";
import { isOwnPictureRequest } from "../core/reports/report-events.ts";
import type { ReportFault } from "./pages/report-page.ts";
import type { Language } from "./words/words.ts";

const field = z.string().max(100_000).catch("");

/** Every field is optional here: what is missing is for the page to say. */
export const reportForm = z
	.object({
		about: field,
		danger: field,
		addresses: field,
		platformName: field,
		accountName: field,
		seen: field,
		text: field,
		contact: field,
		signature: field,
		goodFaith: field,
		form: field,
		work: field,
	})
	.transform(({ danger, goodFaith, ...form }) => ({
		...form,
		isDangerNow: danger === "yes",
		isGoodFaith: goodFaith === "yes",
	}));
export type ReportForm = Omit<z.infer<typeof reportForm>, "form" | "work">;

export const emptyForm: ReportForm = {
	...{
		about: "",
		isDangerNow: false,
		addresses: "",
		platformName: "",
		accountName: "",
		seen: "",
		text: "",
		contact: "",
		signature: "",
		isGoodFaith: false,
	},
};

export type ReadReport =
	| { readonly ok: true; readonly input: ReportInput }
	| { readonly ok: false; readonly faults: readonly ReportFault[] };

export function readReport(form: ReportForm, language: Language): ReadReport {
	const addresses = splitAddresses(form.addresses);
	const parsed = reportInput.safeParse({ ...form, addresses, language });
	if (parsed.success)
		return isHalfSigned(parsed.data) ? { ok: false, faults: ["signature"] } : { ok: true, input: parsed.data };
	const fields = new Set(parsed.error.issues.map(({ path: [name] }) => String(name)));
	return { ok: false, faults: faultsOf(fields, { ...form, addresses }) };
}

/** Whoever signs wants the law's time to run: they learn what else it asks for, and nothing of it is left out silently. */
function isHalfSigned(input: ReportInput): boolean {
	const { about, addresses, contact, isGoodFaith } = input;
	const parts = { about, hasAddress: addresses.length > 0, hasContact: contact !== "", isGoodFaith, isSigned: true };
	return input.signature !== "" && !isOwnPictureRequest(parts);
}

function faultsOf(
	fields: ReadonlySet<string>,
	form: { addresses: readonly string[]; accountName: string },
): ReportFault[] {
	const { addresses } = form;
	const isTooMany = addresses.length > reportLimits.addresses;
	const others = [...fields].filter((name) => name !== "about" && !(name === "addresses" && isTooMany));
	return [
		...(fields.has("about") ? (["about"] as const) : []),
		...(saysWhere(form) ? [] : (["addresses"] as const)),
		...(isTooMany ? (["tooManyAddresses"] as const) : []),
		...(saysWhere(form) && others.length > 0 ? (["tooLong"] as const) : []),
	];
}

/** One on each line. */
export function splitAddresses(text: string): readonly string[] {
	return [...new Set(text.split(/[\r\n]+/).map((line) => line.trim()))].filter((line) => line !== "");
}
