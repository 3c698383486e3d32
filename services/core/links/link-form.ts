/** What of a link is listed, the most of it first: the address itself, a path above it, its host, its domain. */
export const linkForms = ["linkAddress", "linkPath", "linkHost", "linkDomain"] as const;
export type LinkForm = (typeof linkForms)[number];
