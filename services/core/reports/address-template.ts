// Where a platform shows its content, as a pattern of addresses: which item an address leads to. `{item}` stands where the platform's own id
// of the content is, `*` for a part that may be anything.
import { canonicalAddress } from "../links/address.ts";

/** What an address has in their place must survive being brought to its one form. */
const placeholders = { item: "breakwateritem0", any: "breakwaterany0" } as const;

export type AddressTemplateFault = "no-item" | "several-items" | "not-an-address" | "item-in-host";

export type ParsedAddressTemplate =
	| { readonly ok: true; readonly subjectOf: (canonical: string) => string | null }
	| { readonly ok: false; readonly fault: AddressTemplateFault };

export function parseAddressTemplate(text: string): ParsedAddressTemplate {
	const items = text.split("{item}").length - 1;
	if (items !== 1) return { ok: false, fault: items === 0 ? "no-item" : "several-items" };
	const canonical = canonicalAddress(text.replace("{item}", placeholders.item).replaceAll("*", placeholders.any));
	if (canonical === null) return { ok: false, fault: "not-an-address" };
	const [host = ""] = canonical.split(/[/?]/, 1);
	if (Object.values(placeholders).some((one) => host.includes(one))) return { ok: false, fault: "item-in-host" };
	const pattern = canonical
		.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
		.replace(placeholders.item, "([^/?&]+)")
		.replaceAll(placeholders.any, "[^/?&]+");
	const matches = new RegExp(`^${pattern}$`);
	return { ok: true, subjectOf: (address) => decoded(matches.exec(address)?.[1]) };
}

function decoded(part: string | undefined): string | null {
	if (part === undefined) return null;
	try {
		return decodeURIComponent(part);
	} catch {
		return null;
	}
}
