// A media store that takes nothing: what is known is withheld all the same, and its evidence is kept as soon as there is room.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type S3Server, startS3 } from "../../support/servers/start-s3.ts";
import type { FaultContext, Scenario } from "../scenario.ts";
import { fillDisk, mountSmallDisk } from "../small-disk.ts";
import type { Ground } from "../system.ts";

const profile = "cluster" as const;
const mediaDisk = (folder: string) => join(folder, "media-disk");

/** A known picture that has come with its bytes, through Kafka, must have been withheld so long after it was taken. */
const withheldWithinMs = 3_000;

async function withholdsMeanwhile({ servers, feed, isFull }: FaultContext): Promise<void> {
	const sinceMs = Date.now();
	await wait(isFull ? 60_000 : 8_000);
	const told = new Set(servers.platform.told().map(({ subject }) => subject));
	const due = feed
		.sent()
		.filter(({ expected, subject }) => expected === "withheld" && subject.startsWith("picture/"))
		.filter(({ firstSentAtMs }) => firstSentAtMs > sinceMs)
		.filter(({ acknowledgedAtMs }) => acknowledgedAtMs !== null && acknowledgedAtMs < Date.now() - withheldWithinMs);
	const late = due.filter(({ subject }) => !told.has(subject)).length;
	if (due.length === 0) throw new Error("no known picture came during the fault");
	if (late > 0) throw new Error(`${late} of ${due.length} known pictures waited for the media store`);
}

/** After some forty seconds evidence was parked; an operator who has made room replays it. */
async function replayParked({ system, isFull }: FaultContext): Promise<void> {
	if (isFull) await system.cli("dead-letters", "replay", "--reason", "evidence-not-kept");
}

async function smallMediaDisk({ servers: { folder } }: Ground) {
	const disk = await mountSmallDisk(mediaDisk(folder), 8);
	return {
		env: { BREAKWATER_MEDIA_DIR: mediaDisk(folder), BREAKWATER_MAX_MEDIA_BYTES: "1048576" },
		[Symbol.asyncDispose]: () => disk[Symbol.asyncDispose](),
	};
}

async function fillMediaDisk(context: FaultContext): Promise<number> {
	const filler = join(mediaDisk(context.servers.folder), "filler");
	await fillDisk(filler);
	try {
		await withholdsMeanwhile(context);
	} finally {
		await rm(filler);
	}
	await replayParked(context);
	return 1;
}

let objects: S3Server | null = null;

async function objectStore() {
	const server = await startS3();
	objects = server;
	const { endpoint, region, accessKeyId, secretAccessKey } = server;
	return {
		env: {
			BREAKWATER_S3_ENDPOINT: endpoint,
			BREAKWATER_S3_REGION: region,
			BREAKWATER_S3_ACCESS_KEY_ID: accessKeyId,
			BREAKWATER_S3_SECRET_ACCESS_KEY: secretAccessKey,
			BREAKWATER_S3_TIMEOUT_MS: "2000",
		},
		[Symbol.asyncDispose]: () => server.stop(),
	};
}

async function killObjectStore(context: FaultContext): Promise<number> {
	if (objects === null) throw new Error("there is no object store");
	await objects.kill();
	try {
		await withholdsMeanwhile(context);
	} finally {
		await objects.restart();
	}
	await replayParked(context);
	return 1;
}

const feed = { picturesPerSecond: 10 };
export const mediaStore: readonly Scenario[] = [
	{
		name: "media-disk-full",
		fault: "Disk full for media and evidence; what is known is withheld (60 s; short 8 s)",
		...{ profile, feed, conditions: smallMediaDisk, inflict: fillMediaDisk },
	},
	{
		name: "object-store-killed",
		fault: "Object store killed; what is known is withheld (60 s; short 8 s)",
		...{ profile, feed, conditions: objectStore, inflict: killObjectStore },
	},
];
