// Addresses as people copy them, brought to one form, so that reports on one thing meet and links are found in lists. Only what cannot
// change which page is meant is changed; what remains is compared byte by byte.

/** Added to addresses by those who count clicks; they lead to the same page. */
const trackers = /^(utm_\w+|fbclid|gclid|dclid|msclkid|igsh|igshid|si|mibextid|ref_src|ref_url|share_id|_rdr)$/i;
const defaultScheme = "https://";

/** Null where it is no web address: `zalo 0912…` is for people to read. */
export function canonicalAddress(text: string): string | null {
	const url = readAddress(text);
	return url === null ? null : `${withoutWww(url.host)}${trimmedPath(url)}${url.search}`;
}

/** An address without what leads to the same page anyway; null where it is none. Its host is lower case and in Punycode. */
export function readAddress(text: string): URL | null {
	const url = parse(refang(text.trim()));
	if (url === null || !url.hostname.includes(".")) return null;
	url.hash = "";
	url.username = "";
	url.password = "";
	url.protocol = "https:";
	url.hostname = url.hostname.replace(/\.$/, "");
	for (const name of [...url.searchParams.keys()]) if (trackers.test(name)) url.searchParams.delete(name);
	url.searchParams.sort();
	return url;
}

export function withoutWww(host: string): string {
	return host.replace(/^(www|m|mobile)\.(?=.+\.)/, "");
}

/** Without slashes at its end; empty where the address names no path. */
export function trimmedPath({ pathname }: Pick<URL, "pathname">): string {
	let end = pathname.length;
	while (end > 0 && pathname.charAt(end - 1) === "/") end -= 1;
	return pathname.slice(0, end);
}

/** Careful people write addresses so that nobody opens them by mistake. Of a whole text as well as of one address. */
export function refang(text: string): string {
	return text
		.replace(/\bh(?:xx|\*\*)p(s?)(?=:|\[:)/gi, "http$1")
		.replace(/\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)|\{dot\}/gi, ".")
		.replace(/\[:\/\/\]/g, "://")
		.replace(/\[:\]/g, ":");
}

function parse(text: string): URL | null {
	const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
	if (hasScheme && !/^https?:/i.test(text)) return null;
	try {
		return new URL(hasScheme ? text : `${defaultScheme}${text}`);
	} catch {
		return null;
	}
}
