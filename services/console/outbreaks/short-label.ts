/** The label of an outbreak, where it is a sign no longer than tells it from others. */
export function shortLabel(label: string): string {
	const [, domain, page] = /^(.+\/)([0-9a-f]{32})$/.exec(label) ?? [];
	if (domain !== undefined && page !== undefined) return `${domain}${page.slice(0, 8)}…`;
	return /^[0-9a-f-]{36}$/.test(label) ? label.slice(-8) : label;
}
