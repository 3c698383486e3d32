// What a statement of reasons says of what its user may do about it: of an item's, and of an account's.
import type { PublicPages } from "../../answers/public-pages.ts";
import type { AnswerLanguage, SlotName } from "../../answers/slots.ts";
import type { Facts } from "../../answers/template-book.ts";
import { formatReceipt } from "../../reports/receipt.ts";
import type { StatementRedress } from "./codes.ts";

export interface Line {
	readonly slot: SlotName;
	readonly facts: Facts;
}

interface Redress {
	readonly redress: readonly StatementRedress[];
	readonly appealCode: string | null;
	readonly appealPages: PublicPages["appeal"] | null;
}

/** Without a code there is nothing to do on the page. */
export function pagesFor(
	appealCode: string | null,
	isLifted: boolean,
	pages: PublicPages | null,
): Pick<Redress, "appealPages"> {
	return { appealPages: appealCode === null || isLifted ? null : (pages?.appeal ?? null) };
}

export function redressLines({ redress, appealCode, appealPages }: Redress, language: AnswerLanguage): readonly Line[] {
	const code = formatReceipt(appealCode ?? "");
	return redress.flatMap((one): readonly Line[] => {
		const line: Line = { slot: `user/redress.${one}`, facts: { code } };
		if (one !== "appeal" || appealPages === null) return [line];
		return [line, { slot: "user/redress.page", facts: { page: appealPages[language] } }];
	});
}

/** Where whoever may be a child, or shown in what was removed, reads what to do. */
export function helpLine(
	{ helpPages }: { readonly helpPages: PublicPages["help"] | null },
	language: AnswerLanguage,
): readonly Line[] {
	return helpPages === null ? [] : [{ slot: "user/help", facts: { page: helpPages[language] } }];
}
