// The network that somebody comes from: what one household, school or company has together. Limits count by it, and it is kept nowhere.
import ipaddr from "ipaddr.js";

const prefixBits = { ipv4: 24, ipv6: 48 } as const;

export function networkOf(address: string): string {
	if (!ipaddr.isValid(address)) return "unknown";
	const parsed = ipaddr.process(address);
	const bytes = parsed.toByteArray().slice(0, prefixBits[parsed.kind()] / 8);
	return `${parsed.kind()}:${bytes.join(".")}`;
}
