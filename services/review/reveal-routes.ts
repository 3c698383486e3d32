// Looking at material: asked for item by item by whoever holds the case, written to the record before anything is sent.

import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { requireClaim } from "../core/cases/act-on-case.ts";
import type { RevealLevel } from "../core/cases/case.ts";
import type { Degree } from "../core/clusters/membership.ts";
import { BreakwaterError } from "../core/errors.ts";
import type { CaseId, ItemId } from "../core/ids.ts";
import { itemKindParts } from "../core/items/catalogue.ts";
import { isVideo } from "../core/items/picture/picture.ts";
import type { CaseItem, CaseStore } from "../core/ports/case-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { MediaStore } from "../core/ports/media-store.ts";
import type { PreviewRenderer } from "../core/ports/preview-renderer.ts";
import type { Reveal } from "../core/ports/reveal-store.ts";
import { memberKey, stillKey } from "../core/wire/media-key.ts";
import {
	caseParams,
	levelsOfStrip,
	levelsOfWords,
	mediaParams,
	type RevealAnswer,
	type RevealRequest,
	revealAnswer,
	revealEndRequest,
	revealParams,
	revealRequest,
	stepUpLevel,
} from "../core/wire/review-api.ts";
import type { Events } from "../runtime/events.ts";
import { waitAfter } from "../runtime/http/rate-limit.ts";
import { type HttpServer, noContent, problemResponses } from "../runtime/http/server.ts";
import type { Session, Sessions } from "../runtime/http/sessions.ts";
import type { Guard } from "./guard.ts";
import type { Reveals } from "./reveals.ts";

export interface RevealRouteDeps {
	readonly guard: Guard;
	readonly sessions: Pick<Sessions, "confirm">;
	readonly cases: Pick<CaseStore, "findItem" | "strip" | "recordReveal" | "recordHidden">;
	readonly reveals: Reveals;
	readonly mediaStore: Pick<MediaStore, "get">;
	readonly renderer: Pick<PreviewRenderer, "render">;
	readonly clock: Clock;
	readonly events: Pick<Events, "materialRevealed">;
	readonly maxMediaBytes: number;
}

const tags = ["material"];
/** The step-ups that one person may try in a minute, whatever comes of them: a stolen session must not try passwords. */
const stepUpsPerMinute = 20;

export function registerRevealRoutes(server: HttpServer, deps: RevealRouteDeps): void {
	const { guard, reveals } = deps;
	const stepUp = createStepUp(server, deps);
	server.route({
		method: "POST",
		url: "/api/cases/:id/reveals",
		schema: {
			tags,
			summary: "Ask to see one item",
			description:
				"Levels of a picture: 1 edges, 2 blurred grey, 3 grey, 4 clear and small, 5 full (with a reason and the password). A video is shown by its stills, all on one sheet or one at a time, an archive or a document by some of the pictures in it. A text has level 4 and comes with this answer, and so do words that were named in a picture or document.",
			params: caseParams,
			body: revealRequest,
			response: { 201: revealAnswer, ...problemResponses },
		},
		onRequest: guard.needs("case:reveal"),
		handler: async (request, reply) => {
			const session = guard.sessionOf(request);
			const { id } = request.params;
			const item = await findHeld(deps, session, id, request.body);
			const { stillMs = null, strip = null, words = false } = request.body;
			const levels = strip === null ? levelsOf(item, words) : await stripLevels(deps.cases, id, strip);
			if (!levels.includes(request.body.level)) throw new BreakwaterError("no-preview");
			if (stillMs !== null && item.video?.stillsMs.includes(stillMs) !== true) throw new BreakwaterError("no-preview");
			if (request.body.level === stepUpLevel) await stepUp(request, session, request.body);
			const { fence, level } = request.body;
			const reason = level === stepUpLevel ? (request.body.reason ?? null) : null;
			const asked = { caseId: id, fence, itemId: item.id, level, stillMs, strip, reason };
			const { reveal, token, expiresAt } = await reveals.grant(asked, session);
			const nothing = { text: null, words: null };
			const answer: RevealAnswer = { revealId: reveal.id, token, ...nothing, expiresAt: expiresAt.toISOString() };
			if (strip !== null || (item.mediaKey !== null && !words)) return reply.status(201).send(answer);
			await reveals.take(token, session);
			await record(deps, session, reveal, words ? { words } : {});
			const read = words ? { words: [...item.words] } : { text: item.text };
			return reply.status(201).send({ ...answer, token: null, ...read });
		},
	});
	addLookRoutes(server, deps);
}

function addLookRoutes(server: HttpServer, deps: RevealRouteDeps): void {
	const { guard, reveals, cases } = deps;
	server.route({
		method: "POST",
		url: "/api/cases/:id/reveals/:revealId/end",
		schema: {
			tags,
			summary: "Say that it is hidden again, and how long it was seen",
			params: revealParams,
			body: revealEndRequest,
			response: { ...noContent, ...problemResponses },
		},
		onRequest: guard.needs("case:reveal"),
		handler: async (request, reply) => {
			const session = guard.sessionOf(request);
			const look = await reveals.hidden(request.params.revealId, session);
			if (look.reveal.caseId !== request.params.id) throw new BreakwaterError("not-found");
			const { id: revealId, itemId, caseId } = look.reveal;
			const durationMs = Math.min(request.body.durationMs, look.elapsedMs);
			const actor = { kind: "person", userId: session.user.id } as const;
			await cases.recordHidden(caseId, actor, new Date(deps.clock.now()), { revealId, itemId, durationMs });
			return reply.status(204).send();
		},
	});
	server.route({
		method: "GET",
		url: "/api/media/:token",
		schema: {
			tags,
			summary: "The picture behind a token, once: WebP at the level that was asked for",
			params: mediaParams,
			response: {
				200: { description: "The picture", content: { "image/webp": { schema: z.any() } } },
				...problemResponses,
			},
		},
		onRequest: guard.needs("case:reveal"),
		handler: (request, reply) => sendPicture(deps, guard.sessionOf(request), request.params.token, reply),
	});
}

async function sendPicture(deps: RevealRouteDeps, session: Session, token: string, reply: FastifyReply) {
	const reveal = await deps.reveals.take(token, session);
	if (reveal === null) throw new BreakwaterError("not-found");
	// The claim may have ended since the token was given.
	const item = await findHeld(deps, session, reveal.caseId, reveal);
	const { strip, caseId } = reveal;
	const kept: Uint8Array[] = [];
	const members: ItemId[] = [];
	const wanted: readonly { readonly mediaKey: string; readonly itemId: ItemId }[] =
		strip === null
			? picturesOf(item, reveal).map((mediaKey) => ({ mediaKey, itemId: item.id }))
			: await deps.cases.strip(caseId, strip);
	for (const { mediaKey, itemId } of wanted) {
		const bytes = await deps.mediaStore.get(mediaKey, deps.maxMediaBytes);
		if (bytes === null) continue;
		kept.push(bytes);
		members.push(itemId);
	}
	const picture = kept.length === 0 ? null : await deps.renderer.render(kept, reveal.level, watermark(deps, session));
	if (picture === null) throw new BreakwaterError("no-preview");
	await record(deps, session, reveal, strip === null ? {} : { members });
	return reply
		.type("image/webp")
		.header("content-disposition", "inline")
		.send(Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength));
}

/** Keys in the media store: of a container pictures in it; of a video its stills, in order of time, or the one that was asked for; its own bytes are not for the page. */
function picturesOf({ mediaKey, mediaType, video, members }: CaseItem, { stillMs }: Reveal): readonly string[] {
	if (mediaKey === null) return [];
	if (stillMs !== null) return [stillKey(mediaKey, stillMs)];
	const ofMembers = (members?.paths ?? []).map((_, at) => memberKey(mediaKey, at));
	if (video === null && !isVideo(mediaType)) return members === null ? [mediaKey] : ofMembers;
	const stillsMs = (video?.stillsMs ?? []).toSorted((a, b) => a - b);
	return [...stillsMs.map((atMs) => stillKey(mediaKey, atMs)), ...ofMembers];
}

/** The item, if this person holds its case under this fence now. */
async function findHeld(
	{ cases, clock }: RevealRouteDeps,
	{ user }: Session,
	id: CaseId,
	asked: { readonly fence: number; readonly itemId: ItemId },
): Promise<CaseItem> {
	const found = await cases.findItem(id, asked.itemId);
	if (found === null) throw new BreakwaterError("not-found");
	requireClaim(found.snapshot, { userId: user.id, fence: asked.fence, now: new Date(clock.now()) });
	if (found.item === null) throw new BreakwaterError("not-found");
	return found.item;
}

/** Words in a picture or document are read as texts are. */
function levelsOf(item: CaseItem, asksWords: boolean): readonly RevealLevel[] {
	if (asksWords) return item.words.length === 0 ? [] : levelsOfWords;
	return itemKindParts[item.kind].revealLevels(item);
}

/** At which levels there is something to see of members: in full each is asked for by itself. */
async function stripLevels(
	cases: RevealRouteDeps["cases"],
	id: CaseId,
	degree: Degree,
): Promise<readonly RevealLevel[]> {
	const members = await cases.strip(id, degree);
	return members.length === 0 ? [] : levelsOfStrip;
}

async function record(
	{ cases, clock, events, reveals }: RevealRouteDeps,
	{ user }: Session,
	reveal: Reveal,
	seen: { readonly members?: readonly ItemId[]; readonly words?: true } = {},
) {
	const { id: revealId, caseId, itemId, level, stillMs, reason } = reveal;
	const still = stillMs === null ? {} : { stillMs };
	const actor = { kind: "person", userId: user.id } as const;
	await cases.recordReveal(caseId, actor, new Date(clock.now()), {
		revealId,
		itemId,
		level,
		reason,
		...still,
		...seen,
	});
	events.materialRevealed({ caseId, level });
	await reveals.shown(reveal);
}

function createStepUp(server: HttpServer, { sessions }: RevealRouteDeps) {
	const keys = new WeakMap<FastifyRequest, string>();
	const limit = server.createRateLimit({
		max: stepUpsPerMinute,
		timeWindow: 60_000,
		keyGenerator: (request) => keys.get(request) ?? "",
	});
	return async (request: FastifyRequest, session: Session, asked: RevealRequest): Promise<void> => {
		if (asked.reason === undefined || asked.password === undefined)
			throw new BreakwaterError("malformed-request", { reasons: [{ code: "full-view-needs-more" }] });
		keys.set(request, session.user.id);
		const tries = await limit(request);
		if (waitAfter(tries) !== null) throw new BreakwaterError("rate-limited");
		await sessions.confirm(session, asked.password);
	};
}

function watermark({ clock }: RevealRouteDeps, { user }: Session): string {
	return `${user.login} ${new Date(clock.now()).toISOString().slice(0, 16)}Z`;
}
