// Somebody at the portal with a browser that runs no scripts: reads its pages and posts its forms. Each comes from a network of their own,
// which the portal believes where it trusts 127.0.0.1 as a proxy.
import { parseReceipt } from "../../services/core/reports/receipt.ts";

export interface Page {
	readonly status: number;
	readonly page: string;
	readonly headers: Headers;
	/** Null where the page shows none. */
	readonly receipt: string | null;
}

type Fields = Readonly<Record<string, string>>;

export interface PortalVisitor {
	read(path: string): Promise<Page>;
	post(path: string, fields: Fields): Promise<Page>;
	/** The token of a form that is shown anew. */
	openForm(path?: string): Promise<string>;
	/** Fills in a new form, `fields` otherwise than below, and sends it. */
	report(fields?: Fields, path?: string): Promise<Page>;
}

export const filledIn = { about: "grooming", danger: "no", addresses: "https://forum.example/posts/42" };

let visitors = 0;

export function visitPortal(url: string): PortalVisitor {
	visitors += 1;
	const from = { "x-forwarded-for": `100.${64 + Math.floor(visitors / 250)}.${visitors % 250}.7` };
	const read = async (path: string) => toPage(await fetch(`${url}${path}`, { headers: from }));
	const post = async (path: string, fields: Fields) =>
		toPage(
			await fetch(`${url}${path}`, {
				method: "POST",
				headers: { ...from, "content-type": "application/x-www-form-urlencoded" },
				body: new URLSearchParams(fields).toString(),
			}),
		);
	const openForm = async (path = "/report") => formToken((await read(path)).page);
	return {
		...{ read, post, openForm },
		report: async (fields = {}, path = "/report") => post(path, { ...filledIn, form: await openForm(path), ...fields }),
	};
}

/** Of the form on the page; empty where there is none. */
export function formToken(page: string): string {
	return /name="form" value="([^"]*)"/.exec(page)?.[1] ?? "";
}

async function toPage(response: Response): Promise<Page> {
	const page = await response.text();
	const shown = parseReceipt(/<output>([\d ]+)<\/output>/.exec(page)?.[1] ?? "");
	return { status: response.status, page, headers: response.headers, receipt: shown.ok ? shown.receipt : null };
}

/** Throws where the page shows no receipt. */
export function receiptOn({ receipt }: Page): string {
	if (receipt === null) throw new Error("the page shows no receipt");
	return receipt;
}
