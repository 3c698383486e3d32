// What a rule may read of an item. Facts are declared: by the item (item-facts.ts) and by each kind of signal (signals/); none is content.

/** As CEL calls them. */
export const factTypes = ["bool", "int", "double", "string", "list<string>"] as const;
export type FactType = (typeof factTypes)[number];

export type FactValue = boolean | number | string | readonly string[];
export type FactValues = Readonly<Record<string, FactValue>>;

/**
 * What a fact is evidence of. `place`: of nothing, it says where and in which form; `content`: of how the item is made,
 * or of what its account and others do with it; `known`: of an entry
 * that people judged; `model`: of what a model takes it for, which alone asks people and no more.
 */
export const evidenceClasses = ["place", "content", "known", "model"] as const;
export type EvidenceClass = (typeof evidenceClasses)[number];

export interface FactDeclaration {
	readonly type: FactType;
	readonly evidence: EvidenceClass;
	/** It is the same of whatever the account sends: what rests on it alone asks about the account (cases/cluster-key.ts). */
	readonly isOfAuthor?: true;
	/** It counts what an account does: the more of it, the more there is to ask about, once people have let as much be (answered.ts). */
	readonly isTally?: true;
	/** The revision of the catalogue that brought it: verdicts of before did not record it. */
	readonly since: number;
	/** One line, for whoever writes a rule. */
	readonly says: string;
}
export type FactDeclarations = Readonly<Record<string, FactDeclaration>>;

/** What one kind of signal tells rules. */
export interface SignalFacts<S> {
	/** The name before the point: `known` of `known.count`. */
	readonly group: string;
	readonly declared: FactDeclarations;
	/** They cost what no item should cost for nothing: they are made only while a rule reads one of them, and else are not known. */
	readonly isMadeIfRead?: true;
	/** Reads all of an item's signals of this kind; what is as if there were none may be left out. */
	read(signals: readonly S[]): FactValues;
}

type Declared = Pick<SignalFacts<never>, "group" | "declared">;

export function namesOf({ group, declared }: Declared): readonly string[] {
	return Object.keys(declared).map((name) => `${group}.${name}`);
}

/** `reads`: facts as `group.name`. */
export function isAnyRead(facts: Declared, reads: ReadonlySet<string>): boolean {
	return namesOf(facts).some((name) => reads.has(name));
}

/** Members of a list, and characters of a text, that a rule sees at most: what a rule costs is worked out from these. */
export const mostMembers = 32;
export const mostCharacters = 256;

/** The fact of an item of which there is nothing to say. */
export function emptyOf(type: FactType): FactValue {
	switch (type) {
		case "bool":
			return false;
		case "int":
		case "double":
			return 0;
		case "string":
			return "";
		case "list<string>":
			return [];
	}
}

export function isFactValue(value: unknown): value is FactValue {
	if (Array.isArray(value)) return value.every((one) => typeof one === "string");
	return typeof value === "boolean" || typeof value === "number" || typeof value === "string";
}

export function isEmptyFact(value: FactValue): boolean {
	return value === false || value === 0 || value === "" || (typeof value === "object" && value.length === 0);
}

/** Distinct, in order, as many as a rule sees. */
export function listOf(members: Iterable<string>): readonly string[] {
	return [...new Set(members)].toSorted().slice(0, mostMembers);
}
