// What an authority asks for, and which deadlines start by it. Whether it may ask is for people to judge; that it asked is on record at once.
import { z } from "zod";
import type { Jurisdiction, StoppedProfile } from "../clocks/profile.ts";
import { type LawOf, lawsFrom, type StartingEvent, stoppedLaws } from "../clocks/starting-events.ts";
import { isStorableText, said, storablePattern } from "../wire/storable.ts";
import { type Asked, asked } from "./asked.ts";
import type { Arrival } from "./channel.ts";

const mostDocumentBytes = 2 * 1_024 * 1_024;

/** The signed paper, as evidence; base64. */
const document = z.object({
	name: said(200),
	mediaType: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/),
	base64: z.base64().max(Math.ceil(mostDocumentBytes / 3) * 4),
});

/** A document in base64, and words around it. */
export const maxRequestBytes = 3_200_000;

const mostAddresses = 100;
/** In characters. */
export const authorityRequestLimits = {
	...{ reference: 200, basis: 2_000, text: 2_000, note: 5_000, addressesOnForm: mostAddresses * 2_000 },
};

export const authorityRequest = z.object({
	/** The authority's own name of this request, and of no other. */
	reference: said(authorityRequestLimits.reference),
	asks: asked,
	legalBasis: said(authorityRequestLimits.basis),
	/** Web addresses, or the platform's words where there is none. */
	addresses: z.array(said(2_000)).min(1).max(mostAddresses),
	/** Why it cannot wait; with it the shorter time runs, where the law has one. */
	urgentReason: said(authorityRequestLimits.text).optional(),
	/** A law forbids telling whoever is concerned: neither they nor reporters are told, until a time that lies ahead or until somebody of ours ends it. */
	silence: z
		.object({ basis: said(authorityRequestLimits.text), until: z.iso.datetime({ offset: true }).optional() })
		.optional(),
	note: z.string().max(authorityRequestLimits.note).trim().refine(isStorableText).meta(storablePattern).default(""),
	document: document.optional(),
});
export type AuthorityRequest = z.infer<typeof authorityRequest>;

/** Which event a request is; what laws count from it is `clocks/starting-events.ts`. */
const eventOf = {
	removal: "removal-asked",
	information: "information-asked",
	preservation: "preservation-asked",
} as const satisfies Readonly<Record<Asked, StartingEvent>>;

/** The deadlines that a request starts, of the laws by which its authority asks. */
export function lawsFor(asks: Asked, laws: readonly string[], all: readonly Jurisdiction[]): readonly LawOf[] {
	return lawsFrom(eventOf[asks], all).filter(({ profile }) => laws.includes(profile.id));
}

/** Those by which an authority can ask for something by a time. */
export function lawsOfAuthorities(jurisdiction: string, all: readonly Jurisdiction[]): readonly string[] {
	const laws = Object.values(eventOf).flatMap((event) => lawsFrom(event, all));
	const own = laws.filter((law) => law.jurisdiction === jurisdiction);
	return stoppedLaws(all).flatMap(({ profile: { id } }) => (own.some(({ profile }) => profile.id === id) ? [id] : []));
}

/**
 * The moment from which a law counts: when the request had arrived, unless its profile says that it counts from when we recorded it. Only what
 * somebody of ours typed in had arrived before.
 */
export function countedFrom(
	{ countsFrom = "arrival" }: StoppedProfile,
	{ receivedAt, arrival }: { readonly receivedAt: Date; readonly arrival: Arrival },
): Date {
	return countsFrom === "arrival" && "arrivedAt" in arrival ? arrival.arrivedAt : receivedAt;
}

/** Where no law says otherwise: an urgent request stands above whatever a machine found. */
const usualUrgency = { ordinary: 95, urgent: 100 } as const;

/** How high the cases of a request stand, 0–100: as high as the highest of the laws by which its deadlines run. */
export function urgencyOf(request: Pick<AuthorityRequest, "urgentReason">, laws: readonly LawOf[]): number {
	const kind = request.urgentReason === undefined ? "ordinary" : "urgent";
	const said = laws.map(({ profile }) => (profile.caseUrgency ?? usualUrgency)[kind]);
	return said.length === 0 ? usualUrgency[kind] : Math.max(...said);
}
