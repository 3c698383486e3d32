// The first second of a process is its slowest: nothing is compiled, no thread has started, no connection is open. A detector has that
// second before it takes its first record: made-up posts and a picture go through the whole pipeline, and nothing of them is kept.
import { platformId, uuidv7 } from "../core/ids.ts";
import type { Platform } from "../core/ports/platform-store.ts";
import { eventTypes } from "../core/wire/item-event.ts";
import { topics } from "../core/wire/topics.ts";
import { createPipeline, type PipelineDeps } from "./pipeline.ts";

/** Enough for what runs for each record to be compiled; fewer where the machine is slow. */
const postsRehearsed = 2_000;
const atMostMs = 500;
const postsTogether = 50;
const picturesRehearsed = 4;

const platform: Platform = {
	id: platformId.parse(uuidv7(0)),
	name: "rehearsal",
	source: "//rehearsal.invalid",
	webhook: null,
	mediaHosts: [],
	addressTemplates: [],
	country: null,
	jurisdictions: [],
	isEnabled: true,
};

export async function rehearse(deps: PipelineDeps, picture: Uint8Array): Promise<void> {
	const pipeline = createPipeline({ ...deps, ...withoutEffect(deps) });
	const run = (records: readonly ReturnType<typeof postRecord>[]) =>
		Promise.all(records.map((record) => pipeline({ record, attempt: 1, isLastAttempt: true })));
	await run(Array.from({ length: picturesRehearsed }, (_, at) => pictureRecord(at, picture)));
	const endsAt = performance.now() + atMostMs;
	for (let from = 0; from < postsRehearsed && performance.now() < endsAt; from += postsTogether)
		await run(Array.from({ length: postsTogether }, (_, at) => postRecord(from + at)));
}

/** Reads from the record what a real item would have it read, on as many connections; writes nothing, counts nothing, asks no model. */
function withoutEffect({ verdicts, breakers, rules }: PipelineDeps): Partial<PipelineDeps> {
	return {
		eventSecrets: [],
		platforms: { findBySource: async () => platform },
		verdicts: {
			...verdicts,
			async record(items) {
				await verdicts.findRecorded(items);
				return items.map(({ id }) => ({ kind: "duplicate", itemId: id, owedEvidence: null }));
			},
			withhold: async (items) => items.map(({ id }) => ({ kind: "duplicate", itemId: id })),
			markGone: async () => 0,
			markKept: async () => undefined,
		},
		mediaStore: {
			get: async () => null,
			put: async () => ({ sizeBytes: 0, sha256: new Uint8Array(32) }),
			delete: async () => undefined,
		},
		clusters: { place: () => [] },
		standing: { of: () => [], awaited: { caseOf: () => null }, wasLetBe: () => false },
		rules: { facts: rules.facts, now: () => ({ ...rules.now(), counted: new Set() }) },
		breakers: { ...breakers, count: () => undefined },
		entryWatch: { saw: () => undefined },
		events: {
			itemSettled: () => undefined,
			itemWithheldUnexamined: () => undefined,
			itemDuplicate: () => undefined,
			itemGone: () => undefined,
			withholdDiverted: () => undefined,
			measureTaken: () => undefined,
			recordDeferred: () => undefined,
			platformClockWrong: () => undefined,
		},
		scorer: null,
	};
}

function postRecord(at: number) {
	const data = { text: `an ordinary sentence, number ${at}`, authorId: `author-${at}`, surface: "public" };
	const event = {
		...{ specversion: "1.0", type: eventTypes.postPublished, source: platform.source, id: `post-${at}` },
		...{ subject: `post/${at}`, time: new Date().toISOString(), data },
	};
	return recordOf(at, Buffer.from(JSON.stringify(event)), {});
}

function pictureRecord(at: number, bytes: Uint8Array) {
	return recordOf(at, bytes, {
		...{ ce_specversion: "1.0", ce_type: eventTypes.mediaUploaded, ce_source: platform.source, ce_id: `picture-${at}` },
		...{ ce_authorid: "author", ce_surface: "public", "content-type": "image/jpeg" },
	});
}

function recordOf(at: number, value: Uint8Array, headers: Readonly<Record<string, string>>) {
	return {
		topic: topics.posts,
		partition: 0,
		offset: String(at),
		key: String(at),
		value,
		headers,
		receivedAtMs: Date.now(),
	};
}
