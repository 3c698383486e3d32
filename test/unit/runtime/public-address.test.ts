import { expect, test } from "@jest/globals";
import ipaddr from "ipaddr.js";
import { isPublicAddress } from "../../../services/runtime/public-address.ts";

/** Every row of IANA's special-purpose address registries (IPv4 and IPv6), and what else is no ordinary unicast. */
const special = [
	...["0.0.0.0/8", "0.0.0.0/32", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
	...["192.0.0.0/24", "192.0.0.0/29", "192.0.0.8/32", "192.0.0.9/32", "192.0.0.10/32", "192.0.0.170/32"],
	...["192.0.0.171/32", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.88.99.2/32"],
	...["192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4"],
	...["255.255.255.255/32", "224.0.0.0/4"],
	...["::1/128", "::/128", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001::/32", "2001:1::1/128"],
	...["2001:1::2/128", "2001:1::3/128", "2001:2::/48", "2001:3::/32", "2001:4:112::/48", "2001:10::/28"],
	...["2001:20::/28", "2001:30::/28", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20", "5f00::/16"],
	...["fc00::/7", "fe80::/10"],
	// IPv4-compatible, IPv4-translated, site-local, multicast, and what nobody was given.
	...["::/96", "::ffff:0:0:0/96", "fec0::/10", "ff00::/8", "4000::/3", "8000::/1"],
];

function ends(network: string): readonly string[] {
	const isIpv4 = network.includes(".");
	const [first, last] = isIpv4
		? [ipaddr.IPv4.networkAddressFromCIDR(network), ipaddr.IPv4.broadcastAddressFromCIDR(network)]
		: [ipaddr.IPv6.networkAddressFromCIDR(network), ipaddr.IPv6.broadcastAddressFromCIDR(network)];
	return [first.toString(), last.toString()];
}

test.each(special)("nothing of %s is public, neither its first address nor its last", (network) => {
	for (const address of ends(network)) expect([address, isPublicAddress(address)]).toEqual([address, false]);
});

test.each(special.filter((network) => network.includes(".")))("nor is %s when IPv6 carries it", (network) => {
	for (const address of ends(network)) {
		for (const carrier of ["::ffff:", "64:ff9b::", "::", "::ffff:0:"])
			expect([carrier + address, isPublicAddress(carrier + address)]).toEqual([carrier + address, false]);
	}
});

test.each([
	"::7f00:1",
	"::ffff:7f00:1",
	"64:ff9b::a00:1",
	"2002:7f00:1::",
	"fe80::1%eth0",
	"0x7f000001",
	"not an address",
])("%s is not public", (address) => expect(isPublicAddress(address)).toBe(false));

test.each([
	...["93.184.216.34", "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255"],
	...["172.32.0.0", "192.0.1.0", "192.167.255.255", "198.17.255.255", "198.20.0.0", "223.255.255.255"],
	...["2606:2800:220:1::1", "2001:200::", "2400::", "2620:4f:8001::", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"],
])("%s is public", (address) => expect(isPublicAddress(address)).toBe(true));
