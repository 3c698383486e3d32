import type { Doer } from "../acts/doer.ts";
import type { PlatformId } from "../ids.ts";
import type { Country } from "../wire/country.ts";
import type { KeyRotation } from "./key-rotation.ts";

export interface Platform {
	readonly id: PlatformId;
	readonly name: string;
	/** The CloudEvents `source` of all its events. */
	readonly source: string;
	readonly webhook: { readonly url: string; readonly secret: string } | null;
	/** Hosts from which its media may be fetched; a leading `*.` allows subdomains, `*` any public host. */
	readonly mediaHosts: readonly string[];
	/** Where it shows its content (core/reports/address-template.ts): by them a reported address leads to an item. */
	readonly addressTemplates: readonly string[];
	/** Whose law holds for items that name no country themselves; null where nobody said. */
	readonly country: Country | null;
	/** Whose laws it is under, as `jurisdictions/` names them: their clocks start by what happens on it. Empty where nobody said. */
	readonly jurisdictions: readonly string[];
	readonly isEnabled: boolean;
}

/** A platform by the key that was shown. */
export interface KeyHolder extends Platform {
	/** The key may change banks through the matcher's API; any may look up. */
	readonly mayCurate: boolean;
}

/** `by`: who asked for a change; without it, the system itself. */
export interface PlatformStore {
	/** Rejects with `name-taken` where name or source is in use. */
	create(
		platform: Omit<Platform, "id" | "isEnabled" | "addressTemplates" | "country" | "jurisdictions">,
		by?: Doer,
	): Promise<Platform>;
	list(): Promise<readonly Platform[]>;
	find(id: PlatformId): Promise<Platform | null>;
	findBySource(source: string): Promise<Platform | null>;
	setWebhook(id: PlatformId, webhook: Platform["webhook"], by?: Doer): Promise<void>;
	setAddresses(id: PlatformId, templates: readonly string[], by?: Doer): Promise<void>;
	setCountry(id: PlatformId, country: Country | null, by?: Doer): Promise<void>;
	setJurisdictions(id: PlatformId, jurisdictions: readonly string[], by?: Doer): Promise<void>;
	/** Nothing more is taken from a platform that is disabled; what was decided about its items is still sent to it. */
	setEnabled(id: PlatformId, isEnabled: boolean, by?: Doer): Promise<void>;
	/** Keys are kept as SHA-256 of the whole key: they are 256 random bits, so no slow hash is needed. */
	addKey(
		id: PlatformId,
		keyHash: Uint8Array,
		label: string,
		options?: Partial<Pick<KeyHolder, "mayCurate">> & { readonly by?: Doer },
	): Promise<void>;
	/** The new one may not change banks. */
	rotateKeys(id: PlatformId, keyHash: Uint8Array, rotation: KeyRotation): Promise<void>;
	/** Null for unknown and revoked keys, and for platforms that are disabled. */
	findByKeyHash(keyHash: Uint8Array): Promise<KeyHolder | null>;
}
