// The forms under which lists know a link: its domain, its host, each path above it, and itself. They are those of Safe Browsing ("URLs
// and Hashing"), so that such lists are read as they are: host and path as one text, of which lists hold the SHA-256 or its first bytes.
import { parse as parseDomain } from "tldts";
import { readAddress, trimmedPath, withoutWww } from "./address.ts";
import type { LinkForm } from "./link-form.ts";

export interface LinkExpression {
	readonly form: LinkForm;
	readonly expression: string;
}

const mostHosts = 5;
const mostFolders = 4;

/** Everything under which a link may be listed, the most of it first. */
export function expressionsOf(url: URL): readonly LinkExpression[] {
	const { hostname } = url;
	const domain = domainOf(hostname) ?? hostname;
	const hosts = hostsOf(hostname, domain);
	const path = trimmedPath(url);
	const whole =
		url.search === "" ? [path, `${path}/`] : [`${path === "" ? "/" : path}${url.search}`, `${path}/${url.search}`];
	const above = url.search === "" ? foldersOf(path) : [...foldersOf(path), path, `${path}/`];
	const withPath = (form: LinkForm, paths: readonly string[]) =>
		hosts.flatMap((host) =>
			[...new Set(paths)]
				.filter((one) => one !== "" && one !== "/")
				.map((one) => ({ form, expression: `${host}${one}` })),
		);
	const roots = hosts.map((host) => ({
		form: host === domain ? ("linkDomain" as const) : ("linkHost" as const),
		expression: `${host}/`,
	}));
	return [...withPath("linkAddress", whole), ...withPath("linkPath", above), ...roots];
}

export type LinkFault = "not-an-address" | "public-suffix";

/** What an entry for an address is made of; it also answers for what lies beneath. A suffix under which anybody may register is none. */
export function listedExpression(address: string): { readonly expression: string } | { readonly fault: LinkFault } {
	const url = readAddress(address);
	const isMail = address.includes("@") && !address.includes("://");
	if (url === null || isMail || /\s/.test(address.trim())) return { fault: "not-an-address" };
	if (domainOf(url.hostname) === null) return { fault: "public-suffix" };
	const path = trimmedPath(url);
	return { expression: `${withoutWww(url.hostname)}${path === "" ? "/" : path}${url.search}` };
}

/** What its owner registered; null of a public suffix. An address of numbers stands for itself. */
export function domainOf(hostname: string): string | null {
	const { domain, isIp } = parseDomain(hostname, { allowPrivateDomains: true });
	return isIp === true ? hostname : domain;
}

/** The host as it is, then its domain with ever more before it. */
function hostsOf(hostname: string, domain: string): readonly string[] {
	if (hostname === domain) return [hostname];
	const before = hostname.slice(0, -domain.length - 1).split(".");
	const suffixes = before.slice(-mostHosts + 2).map((_, at, few) => [...few.slice(at), domain].join("."));
	return [...new Set([hostname, ...suffixes, domain])];
}

/** The folders from the root on, each as lists may write it. */
function foldersOf(path: string): readonly string[] {
	const parts = path.split("/").slice(1, -1).slice(0, mostFolders);
	return parts.flatMap((_, at) => {
		const folder = `/${parts.slice(0, at + 1).join("/")}`;
		return [folder, `${folder}/`];
	});
}
