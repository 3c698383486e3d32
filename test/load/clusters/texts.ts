// Texts in clusters: what placing one costs a detector that remembers as many as it may, and of generated texts and their edits which are
// found, and whether what is found together belongs together. The background and its copies are of a seed, so that a run can be repeated.
import { createAlone } from "../../../services/core/clusters/alone.ts";
import { clusterTypes } from "../../../services/core/clusters/cluster-type.ts";
import { likenessOfText } from "../../../services/core/clusters/likeness.ts";
import { createMedoids } from "../../../services/core/clusters/medoids.ts";
import { confirmedIn } from "../../../services/core/clusters/membership.ts";
import { place } from "../../../services/core/clusters/place.ts";
import { hashBareLink } from "../../../services/core/hashes/link/link-hash.ts";
import { countedLinks } from "../../../services/core/outbreaks/post-links.ts";
import { createGenerator } from "../../support/generated-texts.ts";
import { someItem } from "../../support/place-pictures.ts";
import type { Figure } from "../report.ts";
import { readCorpora } from "../texts/corpora.ts";

const { mostAlone } = clusterTypes["text-simhash"];
const asked = 5_000;
const copiesOfEach = 4;

export function textFigures(): readonly Figure[] {
	return [...ofCost(), ...ofLinks(), ...ofCopies()];
}

function createDetector() {
	const [medoids, alone] = [createMedoids(), createAlone(mostAlone)];
	const places = (likeness: NonNullable<ReturnType<typeof likenessOfText>>, authorId = "an") =>
		place(likeness, { medoids, alone }, { ...someItem(), authorId, atMs: 0 });
	return { medoids, alone, places };
}

function ofCost(): readonly Figure[] {
	const { alone, places } = createDetector();
	const random = () => {
		const hash = crypto.getRandomValues(new Uint8Array(32));
		return { type: "text-simhash", hash, framings: [hash] } as const;
	};
	for (let at = 0; at < mostAlone; at += 1) places(random());
	const before = process.cpuUsage();
	for (let at = 0; at < asked; at += 1) places(random());
	const { user, system } = process.cpuUsage(before);
	return [
		{
			name: `1 000 texts that nothing is like, placed among ${mostAlone / 1_000} thousand that stood alone`,
			value: (user + system) / asked,
			unit: "ms",
			aim: null,
		},
		{
			name: "memory of a text that stood alone",
			value: alone.bytes / alone.size,
			unit: "bytes",
			aim: null,
		},
	];
}

/** What counting links by outbreaks, and telling bare links, costs a post of which one in twenty links somewhere. */
function ofLinks(): readonly Figure[] {
	const { text } = createGenerator(3);
	const posts = Array.from({ length: 4 * asked }, (_, at) =>
		at % 20 === 0 ? `${text(20)} https://site${at % 500}.example.org/a/${at}?utm_source=x` : `${text(20)}.`,
	);
	const micros = (of: (post: string) => unknown) => {
		for (const post of posts) of(post);
		const before = process.cpuUsage();
		for (const post of posts) of(post);
		const { user, system } = process.cpuUsage(before);
		return (user + system) / posts.length;
	};
	return [
		{
			name: "the links of a post, counted and told from a post that is one link, where one in twenty has any",
			value: micros(countedLinks) + micros(hashBareLink),
			unit: "µs",
			aim: { atMost: 10, of: "value" },
		},
	];
}

/** Each with copies that nobody changed, of capitals, with a slip, with a word replaced. */
function ofCopies(): readonly Figure[] {
	return readCorpora()
		.slice(0, 3)
		.flatMap(({ name, texts }) => {
			const { slipped, edited } = createGenerator(7);
			const { places } = createDetector();
			const changes = {
				"in capitals": (text: string) => text.toUpperCase(),
				"with a slip": slipped,
				"with a word replaced": (text: string) => edited(text, 1),
			};
			const found = new Map(Object.keys(changes).map((change) => [change, 0]));
			const clusters = new Map<string, number[]>();
			const join = (text: string, origin: number): string | null => {
				const likeness = likenessOfText(text);
				const cluster = likeness === null ? null : confirmedIn(places(likeness));
				if (cluster !== null) clusters.set(cluster, [...(clusters.get(cluster) ?? []), origin]);
				return cluster;
			};
			const originals = texts.filter((text) => likenessOfText(text) !== null).slice(0, asked / copiesOfEach);
			for (const [origin, text] of originals.entries()) {
				const founded = join(text, origin);
				for (const [change, make] of Object.entries(changes))
					if (join(make(text), origin) === founded) found.set(change, (found.get(change) ?? 0) + 1);
			}
			const members = [...clusters.values()];
			const pure = members.filter((origins) => new Set(origins).size === 1).flat().length;
			return [
				...[...found].map(([change, count]) => ({
					name: `copies ${change} of ${originals.length} ${name} in the cluster of the first`,
					value: (100 * count) / originals.length,
					unit: "%",
					aim: null,
				})),
				{
					name: `texts in a cluster of one original alone, of ${name}`,
					value: (100 * pure) / members.flat().length,
					unit: "%",
					aim: null,
				},
			];
		});
}
