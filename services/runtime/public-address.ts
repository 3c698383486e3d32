// Decides which network addresses we may be sent to by others' words (a media URL, a webhook): ordinary public unicast ones, and nothing of
// IANA's special-purpose registries. An IPv6 address that carries an IPv4 one is judged by what it carries.
import { BlockList, isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** IANA's IPv4 special-purpose registry (RFC 6890, as of 2026) and multicast (RFC 5771). */
const specialIpv4 = [
	"0.0.0.0/8", // this network, RFC 791
	"10.0.0.0/8", // private use, RFC 1918
	"100.64.0.0/10", // shared between providers and customers, RFC 6598
	"127.0.0.0/8", // loopback, RFC 1122
	"169.254.0.0/16", // link-local, and the metadata services of clouds, RFC 3927
	"172.16.0.0/12", // private use, RFC 1918
	"192.0.0.0/24", // protocol assignments, RFC 6890
	"192.0.2.0/24", // documentation, RFC 5737
	"192.31.196.0/24", // AS112, RFC 7535
	"192.52.193.0/24", // automatic multicast tunneling, RFC 7450
	"192.88.99.0/24", // 6to4 relays, deprecated by RFC 7526
	"192.168.0.0/16", // private use, RFC 1918
	"192.175.48.0/24", // AS112, RFC 7534
	"198.18.0.0/15", // benchmarks, RFC 2544
	"198.51.100.0/24", // documentation, RFC 5737
	"203.0.113.0/24", // documentation, RFC 5737
	"224.0.0.0/4", // multicast, RFC 5771
	"240.0.0.0/4", // reserved, and limited broadcast, RFC 1112, RFC 8190
];

/** Networks within 2000::/3, all that IPv6 gives out as global unicast (RFC 4291, section 2.4), that are not for the public. */
const specialIpv6 = [
	"2001::/23", // protocol assignments: Teredo, benchmarks, AMT, AS112, ORCHID, DRIP, RFC 2928
	"2001:db8::/32", // documentation, RFC 3849
	"2002::/16", // 6to4, RFC 3056
	"2620:4f:8000::/48", // AS112, RFC 7534
	"3fff::/20", // documentation, RFC 9637
];

const special = new BlockList();
for (const [entries, family] of [
	[specialIpv4, "ipv4"],
	[specialIpv6, "ipv6"],
] as const) {
	for (const entry of entries) {
		const [network = "", prefix] = entry.split("/");
		special.addSubnet(network, Number(prefix), family);
	}
}

export function isPublicAddress(text: string): boolean {
	if (isIP(text) === 4) return !special.check(text, "ipv4");
	if (isIP(text) !== 6 || text.includes("%")) return false;
	const address = ipaddr.IPv6.parse(text);
	const carried = carriedIpv4(address);
	if (carried !== null) return !special.check(carried, "ipv4");
	const isGlobalUnicast = ((address.parts[0] ?? 0) & 0xe000) === 0x2000;
	return isGlobalUnicast && !special.check(text, "ipv6");
}

/** Both are how a machine without IPv4, or with nothing else, reaches an IPv4 host. */
const carriers: readonly (readonly number[])[] = [
	[0, 0, 0, 0, 0, 0xffff], // IPv4-mapped, ::ffff:0:0/96, RFC 4291
	[0x64, 0xff9b, 0, 0, 0, 0], // NAT64, 64:ff9b::/96, RFC 6052
];

function carriedIpv4(address: ipaddr.IPv6): string | null {
	const isCarrier = carriers.some((prefix) => prefix.every((part, index) => address.parts[index] === part));
	return isCarrier ? address.toByteArray().slice(12).join(".") : null;
}

export type IsAddressAllowed = (address: string) => boolean;
