// Addresses as people copy them, brought to one form, so that reports on one thing meet. Only what cannot change which page is meant is
// changed; what remains is compared byte by byte.

/** Added to addresses by those who count clicks; they lead to the same page. */
const trackers = /^(utm_\w+|fbclid|gclid|dclid|msclkid|igsh|igshid|si|mibextid|ref_src|ref_url|share_id|_rdr)$/i;
const defaultScheme = "https://";

/** Null where it is no web address: `zalo 0912…` is for people to read. */
export function canonicalAddress(text: string): string | null {
	const url = parse(refang(text.trim()));
	if (url === null || !url.hostname.includes(".")) return null;
	url.hash = "";
	url.username = "";
	url.password = "";
	url.protocol = "https:";
	url.hostname = url.hostname.replace(/\.$/, "").replace(/^(www|m|mobile)\.(?=.+\.)/, "");
	for (const name of [...url.searchParams.keys()]) if (trackers.test(name)) url.searchParams.delete(name);
	url.searchParams.sort();
	const path = url.pathname.length > 1 ? url.pathname.replace(/\/+$/, "") : "";
	return `${url.host}${path}${url.search}`;
}

/** Careful people write addresses so that nobody opens them by mistake. */
function refang(text: string): string {
	return text
		.replace(/^h(xx|\*\*)p(s?):/i, "http$2:")
		.replace(/\[\.\]|\(\.\)|\[dot\]|\(dot\)/gi, ".")
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
