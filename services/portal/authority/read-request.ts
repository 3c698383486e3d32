// A filled-in form of a request, as a browser posts it, and what is wrong with it in terms of the form's own fields.
import { z } from "zod";
import { type AuthorityRequest, authorityRequest } from "../../core/authorities/authority-request.ts";
import type { AuthorityFault } from "../pages/authority-layout.ts";
import { splitAddresses } from "../read-report.ts";

/** What the record cannot keep is left out. */
const field = z
	.string()
	.max(300_000)
	.transform((text) => text.toWellFormed().replaceAll("\0", ""))
	.catch("");

export const authorityForm = z.object({
	...{ reference: field, asks: field, legalBasis: field, addresses: field, urgentReason: field, note: field },
	...{ silenceBasis: field, silenceUntil: field },
});
export type AuthorityForm = z.infer<typeof authorityForm>;
export const emptyRequest: AuthorityForm = authorityForm.parse({});

/** A browser sends a file without a name where none was chosen. */
const attached = z.instanceof(File).refine(({ size, name }) => size > 0 && name !== "");

export type ReadRequest =
	| { readonly ok: true; readonly request: AuthorityRequest }
	| { readonly ok: false; readonly faults: readonly AuthorityFault[] };

export async function readRequest(form: AuthorityForm, document: unknown): Promise<ReadRequest> {
	const { silenceBasis, silenceUntil, ...asked } = form;
	const parsed = authorityRequest.safeParse({
		...asked,
		silence: toSilence({ silenceBasis, silenceUntil }),
		addresses: splitAddresses(form.addresses),
		urgentReason: form.urgentReason.trim() === "" ? undefined : form.urgentReason,
		document: await toDocument(document),
	});
	if (parsed.success) return { ok: true, request: parsed.data };
	const wrong = new Set(parsed.error.issues.map(({ path: [name] }) => name));
	return { ok: false, faults: fields.filter((one) => wrong.has(one)) };
}

const fields = [
	...(["reference", "asks", "legalBasis", "addresses", "urgentReason", "silence", "note", "document"] as const),
] satisfies readonly AuthorityFault[];

/** A day is named, and nobody is told until it ends in Vietnam. A day without a law is wrong, and is said to be. */
function toSilence({ silenceBasis, silenceUntil }: Pick<AuthorityForm, "silenceBasis" | "silenceUntil">) {
	if (silenceBasis.trim() === "" && silenceUntil === "") return undefined;
	return { basis: silenceBasis, until: silenceUntil === "" ? undefined : `${silenceUntil}T23:59:59+07:00` };
}

async function toDocument(given: unknown) {
	const file = attached.safeParse(given);
	if (!file.success) return undefined;
	const { name, type, size } = file.data;
	const base64 = Buffer.from(await file.data.arrayBuffer()).toString("base64");
	return { name: name.slice(-200), mediaType: type === "" ? "application/octet-stream" : type, base64, size };
}
