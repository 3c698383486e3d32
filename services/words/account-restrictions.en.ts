import type { AccountRestriction } from "../core/strikes/account-restriction.ts";

/** What a platform is recommended to do about an account. */
export const accountRestrictionsEnglish: Readonly<Record<AccountRestriction, string>> = {
	suspend: "suspend the account",
	"no-posting": "let the account read, and post nothing",
	"no-media": "let the account post neither pictures nor videos",
	"no-messages": "let the account write to nobody who has not written to it",
	"less-reach": "recommend to nobody what the account posts",
};
