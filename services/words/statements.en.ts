import { type OpinionKind, ownSource } from "../core/banks/bank.ts";
import type { FieldRule, NamedThing } from "../core/fault.ts";
import type { Statements } from "./statement.ts";

const opinions: Readonly<Record<OpinionKind, string>> = {
	positive: "positive",
	negative: "negative",
	investigate: "investigate",
	withdrawn: "withdrawn",
};

const entries = (count: number) => (count === 1 ? "1 entry" : `${count} entries`);
const inAllOf = (inAll: number, now: number, hours: number) =>
	inAll === now ? "" : `, ${inAll} with those of the last ${hours} hours`;

const percent = (share: number) => `${Number((share * 100).toPrecision(6))} %`;
const dayOf = (at: string | null) => (at === null ? "never" : `on ${at.slice(0, 10)}`);

const rules: Readonly<Record<FieldRule, string>> = {
	invalid_type: "missing, or of another type",
	too_big: "too big",
	too_small: "too small",
	invalid_format: "invalid format",
	not_multiple_of: "not multiple of",
	unrecognized_keys: "unrecognized keys",
	invalid_union: "missing, or none of those that are taken here",
	invalid_key: "invalid key",
	invalid_element: "invalid element",
	invalid_value: "invalid value",
	"not-allowed": "not allowed",
	"unstorable-text": "must be well-formed Unicode without NUL",
	"not-a-time": "must be an RFC 3339 time, such as 2026-11-24T09:00:00Z",
	"time-without-zone": "needs a zone: Z, or an offset such as +07:00",
	"no-such-moment": "names a day, an hour or an offset that there is not",
	"lies-ahead": "lies in the future",
	"lies-behind": "lies behind; it must lie ahead",
	"outside-of-years": "lies outside of the years 0001 to 9999 (UTC), which is all that can be kept",
	"url-and-object-key": "url and objectKey exclude each other",
	"url-or-object-key": "url or objectKey is required",
	"media-without-data": "a media event needs data or data_base64",
	"bytes-of-no-media": "only media may be bytes",
	"of-another-platform": "not of this platform",
	"names-no-scope": "an override names a platform, a surface or a country",
	"too-many-countries": "at most 60 countries may have something otherwise",
	"scope-twice": "two overrides are for the same platform, surface and country",
	"no-such-platform": "there is no such platform",
	"withheld-by-a-machine": "a machine withholds only K1 and K2 by itself; this tier asks people at most",
	"known-goes-unseen": "K1 and K2 are withheld, or people are asked",
	"name-form": "lower-case letters, digits and dashes",
	"share-too-small": "0, or from 0.000001 to 1",
	"does-nothing": "says nothing that follows",
	"own-source": `${ownSource} is our own people's word and always counts; no list may speak as ${ownSource}`,
};

const limitOf = (rule: FieldRule, limit: number | undefined) =>
	limit === undefined ? "" : ` (${rule === "too_big" ? "at most" : "at least"} ${limit})`;

const things: Readonly<Record<NamedThing, string>> = {
	bank: "there is no such bank",
	draft: "there is no such draft",
	proposal: "there is no open proposal of that id",
	entry: "the entry is gone from its bank, or never was in it",
	"entry-of-case": "no item of this case matches such an entry",
	snooze: "there is no such snooze that lasts",
	platform: "there is no such platform",
	cluster: "there is no such cluster",
	rule: "there is no such rule",
	"breaker-scope": "there is nothing of that id that a breaker could stop",
};

export const english = {
	quoted: ({ text }) => `“${text}”`,

	"adds-too-many": ({ added, inAll, allowed, hours }) =>
		`it adds ${entries(added)}${inAllOf(inAll, added, hours)}, and ${allowed} are allowed`,
	"touches-too-many": ({ touched, of, inAll, allowed, hours }) =>
		`it changes or removes ${touched} of ${entries(of)}${inAllOf(inAll, touched, hours)}, and ${allowed} are allowed`,
	surge: ({ hits, accounts, minutes, usualHits }) =>
		`${hits} matches from about ${accounts} accounts in ${minutes} minutes, where ${usualHits.toFixed(1)} are usual`,

	"removed-in-quarantine": () => "in quarantine when it was removed",

	"rows-expired": ({ rows }) =>
		rows === 1
			? "1 row has expired already: it matches nothing"
			: `${rows} rows have expired already: they match nothing`,
	"opinions-conflict": ({ hashes }) =>
		`of ${hashes === 1 ? "1 hash" : `${hashes} hashes`} one source says two things; its last row counts`,

	"category-unknown": ({ category, nearest, known }) =>
		`there is no category ${category} (${nearest === null ? `there are: ${known.join(", ")}` : `is it ${nearest}?`})`,

	"field-refused": ({ field, rule, limit, allowed }) =>
		`${field}: ${rules[rule]}${limitOf(rule, limit)}${allowed === undefined ? "" : ` (one of: ${allowed.join(", ")})`}`,
	"fields-left-out": ({ count }) => `and ${count} more`,
	"not-json": () => "the value is not UTF-8 JSON",
	"event-type-unknown": () => "type is not known",
	"source-of-nobody": () => "source belongs to no platform",
	"platform-disabled": () => "the platform is disabled",
	"not-signed": () => "not signed with the key of its source's platform",
	"bytes-gone": () => "its bytes can no longer be had",
	"evidence-refused": () => "the media store would not take its bytes",
	"step-failed-always": () => "a step failed on every attempt",

	"not-there": ({ what }) => things[what],
	"no-such-revision": ({ revision }) => `there is no revision ${revision}`,
	"nothing-to-go-back-to": () => "there is nothing to go back to",
	"other-revision": ({ base, inForce }) => `made against revision ${base}, and revision ${inForce} is in force`,
	"rule-at-stage": ({ stage }) => `the rule is in stage ${stage}, from which it cannot go there`,
	"rule-unreadable": () => "the rule cannot be asked as it is written; its editor says why",
	"decided-already": ({ what, state }) => `the ${what} is ${state} already`,
	"takes-no-more-rows": () => "the draft takes no more rows",
	"changed-meanwhile": ({ settings }) =>
		`changed since it was asked for: ${settings.join(", ")}; look at what it would do now`,
	"password-too-short": ({ fewestCharacters }) => `a password has at least ${fewestCharacters} characters`,
	"password-too-long": ({ mostCharacters }) => `a password has at most ${mostCharacters} characters`,
	"password-guessable": () =>
		"this password is too easy to guess: it is made of common words, names, repetitions or rows of keys",
	"password-unchanged": () => "the new password is the former one",
	"full-view-needs-more": () => "level 5 needs a reason and the password",
	"model-live-already": ({ model }) => `${model} is live already; only another model can run in its shadow`,
	"no-shadow-model": () => "no model runs in the shadow",

	abandoned: () => "its file was never read to its end",
	"bank-removed": () => "the bank was removed",
	"bank-put-back": () => "the bank was put back",
	"asked-again": () => "the same person asked again",

	malformed: ({ fields }) => `malformed ${fields.map(describeField).join(", ")}`,
	"ambiguous-date": ({ fields }) =>
		`malformed ${fields.join(", ")}; a day and a month can be taken for each other: write 2027-01-31`,
	"unknown-type": ({ known }) => `there is no such type of hash here; there are: ${known.join(", ")}`,
	"unread-type": ({ named, known }) => `${named} hashes are not read here; there are: ${known.join(", ")}`,
	untyped: () => "64 hex digits may be sha256, pdq or a text's hash; say which",
	"prefix-or-checksum": () =>
		"8 hex digits may be the prefix of a link's hash (then say its type: link-prefix), or a CRC-32, by which nothing is found here",
	"no-type-so-long": ({ hexDigits }) => `no type of hash that is known here has ${hexDigits} hex digits`,
	"no-known-hash": () => "no hash of a type that is known here",
	"not-a-list-line": () => "not a line of a list of hashes",
	"not-an-address-line": () => "not a line of a list of addresses that is read here",
	"no-word": () => "a term without a word",
	"too-many-words": () => "a term of too many words; longer ones are known texts (bank add --text)",
	"not-an-address": () => "not a web address, nor the hash of one",
	"public-suffix": () => "a public suffix, under which anybody may register: it would list all of them",
	"not-utf8": () => "not all of it is UTF-8; save the file as UTF-8",
	"wrong-length": ({ hashType, hexDigits }) => `a ${hashType} hash has ${hexDigits} hex digits`,
	"no-frames": () => "not a list of a video's frames (vPDQ): JSON as ThreatExchange writes it",
	"frames-without-structure": () =>
		"too little of the video, or of the sound, differs from others for it to be compared by",
	"not-an-object": () => "not a JSON object",
	"too-long": ({ mostCharacters }) => `longer than ${mostCharacters} characters`,
	"quote-within": () => "a quote within a cell",
	"quote-open": () => "a quote that is not closed",
	"all-zero": () => "all-zero hash",
	"empty-file": () => "hash of an empty file",
	"low-entropy": ({ bitsSet }) => `low entropy: ${bitsSet} of 256 bits are set`,
	"low-quality": ({ quality, lowest }) => `quality ${quality} is below ${lowest}`,
	"reserved-source": ({ source }) => `\`${source}\` is kept for what is decided here; name the source otherwise`,

	"radii-crossed": () => "the tight radius is wider than the wide one",
	"exemption-unbounded": () => "an exemption bank needs an owner and an expiry",

	"switched-on": () => "it matches again",
	"out-of-shadow": () => "it comes off trial: what it matches counts",
	"answers-for-more": ({ from, to }) => `it answers for ${percent(to)} of content, and not ${percent(from)}`,
	"strong-farther": ({ from, to }) => `a match is strong up to ${to} bits, and not ${from}`,
	"probable-farther": ({ from, to }) => `a match is probable up to ${to} bits, and not ${from}`,
	"fewer-frames": ({ from, to }) =>
		`a video is known by ${percent(to.ofItem)} of its frames and ${percent(to.ofEntry)} of the known one's, and not ${percent(from.ofItem)} and ${percent(from.ofEntry)}`,
	"ends-later": ({ from, to }) => `it ends ${dayOf(to)}, and not ${dayOf(from)}`,
	"becomes-trusted": () => "it becomes trusted: one source is enough to withhold",
	"more-sources": ({ sources }) => `the word of ${sources.join(", ")} comes to count by itself`,
	"one-changes-more": ({ from, to }) =>
		`one person may change ${percent(to.share)} of it or add ${entries(to.addedEntries)} within 24 hours, and not ${percent(from.share)} or ${from.addedEntries}`,
	"kill-switch-lifted": () => "an entry's kill switch is lifted: what it matches is withheld again",

	"settings-step": (bank) =>
		[
			`settings: ${bank.enabled ? "enabled" : "disabled"}`,
			bank.trusted ? "trusted" : "not trusted",
			...(bank.sources.length > 0 ? [`sources ${bank.sources.join(" + ")}`] : []),
			...(bank.shadow ? ["on trial"] : []),
			...(bank.enabledRatio < 1 ? [`for ${bank.enabledRatio * 100} % of content`] : []),
			`radii ${bank.tightRadiusBits}/${bank.wideRadiusBits}`,
		].join(", "),
	"entry-step": ({ hashType, opinions: said, isQuarantined }) =>
		[
			`${hashType} entry`,
			...said.map(({ source, kind }) => `${source}: ${opinions[kind]}`),
			...(isQuarantined ? ["in quarantine"] : []),
		].join(", "),
	"import-step": ({ origin, added, changed, removed }) =>
		`import of ${origin}: ${added} added, ${changed} changed, ${removed} removed`,
	"put-back-step": ({ toRevision, added, changed, removed }) =>
		`put back to revision ${toRevision}: ${added} back, ${changed} changed, ${removed} removed`,
	"entry-removed-step": () => "entry removed",
	"bank-removed-step": () => "removed with all its entries",
} satisfies Statements;

/** A column of a bank file, and what should stand in it. */
const bankFields: Readonly<Record<string, string>> = {
	quality: "quality (a whole number from 0 to 100)",
	opinion: "opinion (positive, negative, investigate or withdrawn)",
	severity: "severity (a whole number from 0 to 5)",
	expires: "expires (write a day as 2027-01-31)",
	categories: "categories (parted by semicolons, each of at most 64 characters without spaces)",
	externalId: "external_id (one line of at most 256 characters)",
	source: "source (one line of at most 128 characters)",
	note: "note (at most 1,000 characters, without control characters)",
};

function describeField(field: string): string {
	return bankFields[field] ?? field;
}
