// /m/link_hashes: the whole hashes of listed links that begin with a prefix, for whoever holds the prefixes alone. HMA has no such call.
import { aggregateOpinions } from "../core/banks/aggregate-opinions.ts";
import { fromHex, toHex } from "../core/hashes/hash-hex.ts";
import { linkHashesAnswer, linkHashesQuery, mostFullHashes } from "../core/wire/link-hashes.ts";
import { type MatcherScope, refusals } from "./api.ts";

/** As a list that changes within the hour. */
const lifetimeSeconds = 600;

export function addLinkRoutes({ server, deps, guards }: MatcherScope): void {
	server.route({
		...guards(),
		method: "GET",
		url: "/m/link_hashes",
		schema: {
			tags: ["matching"],
			summary: "The whole hashes of listed links that begin with a prefix",
			description:
				"SHA-256 of a link's forms, in hex. Whoever holds prefixes learns by it whether a link is listed, and we learn no link.",
			querystring: linkHashesQuery,
			response: { 200: linkHashesAnswer, ...refusals },
		},
		handler: async (request) => {
			const [entries, banks] = await Promise.all([
				deps.banks.findLinks(fromHex(request.query.prefix, 4), mostFullHashes),
				deps.banks.list(),
			]);
			const nowMs = deps.clock.now();
			const listed = entries.filter(({ bankId, opinions }) => {
				const bank = banks.find(({ id }) => id === bankId);
				return bank !== undefined && aggregateOpinions(opinions, bank, nowMs).standing !== "cleared";
			});
			return { hashes: [...new Set(listed.map(({ hash }) => toHex(hash)))], lifetimeSeconds };
		},
	});
}
