// What people may recommend to restrict of an account, a small set that any platform can act on; which one it is where they recommend, the policy says.
import { z } from "zod";

export const accountRestrictions = [
	/** Nobody can use the account, for as long as the laws say that ask for it, or the platform decides. */
	"suspend",
	/** It reads, and posts nothing. */
	"no-posting",
	/** It posts neither pictures nor videos. */
	"no-media",
	/** It writes to nobody who has not written to it. */
	"no-messages",
	/** What it posts is recommended to nobody. */
	"less-reach",
] as const;
export const accountRestriction = z.enum(accountRestrictions);
export type AccountRestriction = z.infer<typeof accountRestriction>;

/** What is recommended where no policy says otherwise, and was before one could be chosen. */
export const usualRestriction: AccountRestriction = "suspend";
