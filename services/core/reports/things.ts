// What a report is about, thing by thing: each address, or the account where no address is given. Two reports that name one thing give it the
// same key, by which they become one case. Keys are hashes: what people typed is kept with their reports only.
import { createHash } from "node:crypto";
import { canonicalAddress } from "../links/address.ts";

export interface ReportedThing {
	/** The same for all who name it. */
	readonly key: string;
	/** The one form of its address; null where it is none that a browser knows. */
	readonly canonical: string | null;
	/** As it was typed. */
	readonly text: string;
}

export function thingsOf(report: {
	readonly addresses: readonly string[];
	readonly platformName: string;
	readonly accountName: string;
}): readonly ReportedThing[] {
	const named = report.addresses.map((text): ReportedThing => {
		const canonical = canonicalAddress(text);
		return { key: canonical === null ? keyOf("place", text) : hashed("address", canonical), canonical, text };
	});
	const account = `${report.platformName}\n${report.accountName}`;
	const things =
		named.length > 0 ? named : [{ key: keyOf("account", account), canonical: null, text: report.accountName }];
	return [...new Map(things.map((thing) => [thing.key, thing])).values()];
}

/** Written by hand: case and spaces are nobody's meaning. */
function keyOf(kind: string, text: string): string {
	return hashed(
		kind,
		text
			.normalize("NFKC")
			.toLowerCase()
			.replace(/[^\S\n]+/g, " ")
			.trim(),
	);
}

function hashed(kind: string, text: string): string {
	return `${kind}:${createHash("sha256").update(text).digest("hex")}`;
}
