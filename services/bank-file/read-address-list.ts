// Lists of addresses, one a line: hosts files, response policy zones (RPZ), filter lists of whole hosts, and bare addresses or domains. An
// address is hashed where it is read; nothing keeps it.
import { type BankRow, type RowDefaults, refused, toBankRow } from "./bank-row.ts";
import { longestRow, splitLines } from "./split-lines.ts";

/** In what form the lines are; a zone names its records and its origin. */
export type AddressSyntax = "lines" | "zone";

const sink = /^(?:0\.0\.0\.0|127\.\d+\.\d+\.\d+|255\.255\.255\.255|::1?|fe80::1%\w+|ff0[0-3]::\w*)$/i;
const record = /^(\S+)\s+(?:\d+\s+)?(?:IN\s+)?CNAME\s+(\S+)/i;

export function addressSyntaxOf(head: string, firstLine: string): AddressSyntax | null {
	if (/^\s*\$(?:TTL|ORIGIN)\s/im.test(head) || record.test(firstLine) || /\sSOA\s/i.test(firstLine)) return "zone";
	const listed = readAddressLine(firstLine);
	return listed !== null && (listed.length > 0 || sink.test(firstLine.trim().split(/\s+/, 1)[0] ?? ""))
		? "lines"
		: null;
}

/** Those that it lists, none where it is not about one; null where it is no line of such a list. */
function readAddressLine(line: string): readonly string[] | null {
	const [said = ""] = line.trim().split(/\s+[#;!]/, 1);
	if (said === "" || /^[#!;]|^\[Adblock/i.test(said)) return [];
	const [first = "", ...names] = said.split(/\s+/);
	// A hosts file names the machine itself, too.
	if (sink.test(first))
		return names.length === 0 ? null : names.filter((name) => name.includes(".") && !sink.test(name));
	if (names.length > 0) return null;
	const blocked = /^\|\|([^/^*$|]+)\^?(?:\$(?:all|document|important|third-party)(?:,\w+)*)?$/.exec(first)?.[1];
	const address = blocked ?? first;
	return /^[^\s,;|^<>"']+\.[^\s,;|^<>"']+$/.test(address) ? [address] : null;
}

function createZoneReader(): (line: string) => readonly string[] | null {
	let origin = "";
	return (line) => {
		const [said = ""] = line.split(";", 1);
		const named = /^\s*\$ORIGIN\s+(\S+)/i.exec(said)?.[1];
		if (named !== undefined) origin = named.toLowerCase().replace(/\.$/, "");
		const [, owner = "", target = ""] = record.exec(said) ?? [];
		// What a zone says of itself, and hosts that it lets pass.
		if (owner === "" || /^rpz-passthru\.?$/i.test(target)) return [];
		if (/\.rpz-(?:ip|client-ip|nsip|nsdname)\b/i.test(owner)) return null;
		const name = owner.toLowerCase().replace(/^\*\./, "");
		return [name.endsWith(".") ? withoutOrigin(name.slice(0, -1), origin) : name];
	};
}

function withoutOrigin(name: string, origin: string): string {
	return origin !== "" && name.endsWith(`.${origin}`) ? name.slice(0, -origin.length - 1) : name;
}

export async function* readAddressList(
	text: AsyncIterable<string>,
	syntax: AddressSyntax,
	defaults: RowDefaults,
): AsyncGenerator<BankRow> {
	const read = syntax === "zone" ? createZoneReader() : readAddressLine;
	for await (const lines of splitLines(text)) {
		for (const { text: line, number } of lines) {
			const listed = line === null ? null : read(line.replace(/^\ufeff/, ""));
			for (const address of listed ?? []) yield toBankRow({ type: "link", hash: address }, number, defaults);
			if (listed !== null) continue;
			yield refused(
				number,
				line === null ? { code: "too-long", mostCharacters: longestRow } : { code: "not-an-address-line" },
			);
		}
	}
}
