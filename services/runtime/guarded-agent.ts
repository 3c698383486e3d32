// Connections to where others' words send us, each to an address that was looked at: whether it stands in the URL, or a name resolves to it.
import { lookup as resolveName } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { Agent, buildConnector } from "undici";
import { type IsAddressAllowed, isPublicAddress } from "./public-address.ts";

export interface GuardedAgentOptions {
	/** For a connection, for the head of an answer, and between two pieces of its body. */
	readonly timeoutMs: number;
	/** To one host. */
	readonly connections: number;
	/** Default: public addresses. */
	readonly isAddressAllowed?: IsAddressAllowed;
	/** Default: the system's. */
	readonly lookup?: LookupFunction;
}

/** Requests to any other address reject, which {@link isAddressForbidden} tells. Redirects are not followed. */
export function openGuardedAgent(options: GuardedAgentOptions): Agent {
	const { timeoutMs, connections, isAddressAllowed = isPublicAddress, lookup = resolveName } = options;
	const connect = buildConnector({
		timeout: timeoutMs,
		lookup: guardedLookup(lookup, isAddressAllowed),
	});
	return new Agent({
		headersTimeout: timeoutMs,
		bodyTimeout: timeoutMs,
		connections,
		connect: (target, callback) =>
			// An address that stands in the URL itself never passes through a look-up.
			isForbiddenLiteral(target.hostname, isAddressAllowed)
				? callback(new AddressForbidden("address is not public"), null)
				: connect(target, callback),
	});
}

/** For who may send us anywhere: some platforms and keepers of lists live on the operator's own network. */
export const anyAddress: IsAddressAllowed = () => true;

export function isAddressForbidden(error: unknown): boolean {
	return error instanceof AddressForbidden || (error instanceof Error && error.cause instanceof AddressForbidden);
}

class AddressForbidden extends Error {
	readonly code = "EADDRFORBIDDEN";
}

/** Every address that a name resolves to must be allowed, and the connection goes to one that was looked at: no second look-up. */
function guardedLookup(resolve: LookupFunction, isAddressAllowed: IsAddressAllowed): LookupFunction {
	return (hostname, lookupOptions, callback) => {
		resolve(hostname, { ...lookupOptions, all: true }, (error, addresses) => {
			if (error !== null) return callback(error, "", 0);
			const found = Array.isArray(addresses) ? addresses : [{ address: addresses, family: isIP(addresses) }];
			const [first] = found;
			if (first === undefined || !found.every(({ address }) => isAddressAllowed(address))) {
				return callback(new AddressForbidden("address is not public"), "", 0);
			}
			if (lookupOptions.all === true) callback(null, found);
			else callback(null, first.address, first.family);
		});
	};
}

function isForbiddenLiteral(hostname: string, isAddressAllowed: IsAddressAllowed): boolean {
	const literal = hostname.replace(/^\[|\]$/g, "");
	return isIP(literal) !== 0 && !isAddressAllowed(literal);
}
