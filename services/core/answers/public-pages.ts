// Pages of the portal that answers name, by language: where an affected user appeals, and where children, parents and teachers learn what to do.
// No code stands in an address: it would stand in histories and logs.
import { z } from "zod";

export const pageByLanguage = z.object({ vi: z.url(), en: z.url() });
type PageByLanguage = z.infer<typeof pageByLanguage>;

export interface PublicPages {
	readonly appeal: PageByLanguage;
	readonly help: PageByLanguage;
}

/** Null where nobody told us under which address the public reaches the portal. */
export function publicPagesOf(portalUrl: string | null): PublicPages | null {
	if (portalUrl === null) return null;
	const base = portalUrl.replace(/\/+$/, "");
	const page = (path: string): PageByLanguage => ({ vi: `${base}${path}`, en: `${base}/en${path}` });
	return { appeal: page("/appeal"), help: page("/help") };
}
