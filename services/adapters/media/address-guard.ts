// Decides which network addresses media may come from: only public unicast ones. An IPv6 address that carries an IPv4 one is
// judged by what it carries.
import ipaddr from "ipaddr.js";

export function isPublicAddress(text: string): boolean {
	if (!ipaddr.isValid(text)) return false;
	const address = ipaddr.parse(text);
	if (address.kind() === "ipv4") return address.range() === "unicast";
	const carried = carriedIpv4(address as ipaddr.IPv6);
	if (carried !== null) return carried.range() === "unicast";
	return address.range() === "unicast";
}

/** IPv4-mapped (::ffff:0:0/96), NAT64 (64:ff9b::/96) and 6to4 (2002::/16). */
function carriedIpv4(address: ipaddr.IPv6): ipaddr.IPv4 | null {
	if (address.isIPv4MappedAddress()) return address.toIPv4Address();
	const bytes = address.toByteArray();
	if (address.range() === "rfc6052") return new ipaddr.IPv4(bytes.slice(12));
	if (address.range() === "6to4") return new ipaddr.IPv4(bytes.slice(2, 6));
	return null;
}

/** `allowed` entries are host names; a leading `*.` allows subdomains, a `:port` another port than the scheme's own; `*` any host. */
export function isHostAllowed(url: URL, allowed: readonly string[]): boolean {
	const { hostname, port } = url;
	return allowed.some((entry) => {
		const [, name = "", wantedPort = ""] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
		if (entry === "*") return true;
		if (port !== wantedPort) return false;
		return name.startsWith("*.")
			? hostname.endsWith(name.slice(1)) && hostname.length > name.length - 1
			: hostname === name;
	});
}
