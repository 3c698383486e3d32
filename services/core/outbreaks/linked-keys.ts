// The keys of what a post links to, as post-links.ts makes them: a domain, or a page with the domain that it is of.

export function domainsOf(counted: readonly string[]): readonly string[] {
	return [...new Set(counted.map((one) => one.split("/", 1)[0] ?? one))];
}

export function pagesOf(counted: readonly string[]): readonly string[] {
	return counted.filter((one) => one.includes("/"));
}
