// One recorded item as sightings of its subjects. Reports are no sightings: people who report one thing together do not spread it.
import type { ClusterId, ItemId } from "../ids.ts";
import { parseScope } from "../policy/breaker.ts";
import type { Tier } from "../policy/verdict.ts";
import { domainsOf, pagesOf } from "./linked-keys.ts";
import { type Subject, type SubjectKind, subjectCatalogue } from "./subject.ts";

export interface CountedItem {
	readonly itemId: ItemId;
	/** By its name. */
	readonly platform: string;
	readonly authorId: string;
	/** When we received it: a backlog that is worked off at once is no growth. */
	readonly receivedAt: Date;
	readonly tier: Tier;
	/** In which it is confirmed. */
	readonly clusters: readonly ClusterId[];
	/** As post-links.ts has them. */
	readonly links: readonly string[];
	/** The scopes of what was found, as `bank:<id>` and `rule:<name>`. */
	readonly sources: readonly string[];
	/** What makes it one thing with others that people look at; null where nobody does. */
	readonly thing: string | null;
}

export interface Sighting {
	readonly subject: Subject;
	readonly platform: string;
	/** Distinct ones count. */
	readonly voice: string;
	readonly atSeconds: number;
}

export function sightingsOf(item: CountedItem): readonly Sighting[] {
	const account = accountOf(item);
	const subjects: readonly Subject[] = [
		...subjectsOf(item),
		{ kind: "account", key: account },
		{ kind: "platform", key: item.platform },
		...item.sources.flatMap(sourceSubject),
	];
	const atSeconds = Math.floor(item.receivedAt.getTime() / 1_000);
	return subjects.flatMap((subject) => {
		const { voices, counts } = subjectCatalogue[subject.kind];
		const voice = voices === "accounts" ? account : item.thing;
		return voice !== null && isCounted(counts, item.tier)
			? [{ subject, platform: item.platform, voice, atSeconds }]
			: [];
	});
}

/** What it is one thing with, and where it links to: whatever spreads by it for its own sake. */
export function subjectsOf({ clusters, links }: Pick<CountedItem, "clusters" | "links">): readonly Subject[] {
	return [
		...clusters.map((key) => ({ kind: "cluster", key }) as const),
		...pagesOf(links).map((key) => ({ kind: "link", key }) as const),
		...domainsOf(links).map((key) => ({ kind: "domain", key }) as const),
	];
}

/** An author's name means something on its own platform only. */
function accountOf({ platform, authorId }: Pick<CountedItem, "platform" | "authorId">): string {
	return `${platform}/${authorId}`;
}

function sourceSubject(scope: string): readonly Subject[] {
	const parsed = parseScope(scope);
	return parsed?.kind === "bank" || parsed?.kind === "rule" ? [{ kind: parsed.kind, key: parsed.key }] : [];
}

const known: ReadonlySet<Tier> = new Set(["K1", "K2", "K3"]);

function isCounted(counts: (typeof subjectCatalogue)[SubjectKind]["counts"], tier: Tier): boolean {
	if (counts === "all") return true;
	return counts === "known" ? known.has(tier) : tier !== "none";
}
