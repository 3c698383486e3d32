// Where the affected user appeals: the portal's page, by language, as statements of reasons name it. The code is typed in there: in an address
// it would stand in histories and logs.
import { z } from "zod";

export const appealPages = z.object({ vi: z.url(), en: z.url() });
export type AppealPages = z.infer<typeof appealPages>;

export function appealPagesOf(portalUrl: string | null): AppealPages | null {
	if (portalUrl === null) return null;
	const base = portalUrl.replace(/\/+$/, "");
	return { vi: `${base}/appeal`, en: `${base}/en/appeal` };
}
