// The disk of uploads in parts is full in mid-upload: senders are told to come again, nothing half becomes an item, and what arrived is not sent twice.
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "../../support/eventually.ts";
import type { Carrier, Outgoing } from "../drive-feed.ts";
import type { FaultContext, Scenario } from "../scenario.ts";
import { fillDisk, mountSmallDisk } from "../small-disk.ts";
import type { Ground } from "../system.ts";

const profile = "cluster" as const;
/** Where intake keeps what has come of uploads so far. */
const partsDisk = (folder: string) => join(folder, profile, "parts");
const bytesEach = 1_000_000;
const firstPart = 300_000;

/** With room for what intake promises to take, or it is not ready. */
async function smallPartsDisk({ servers: { folder } }: Ground) {
	const disk = await mountSmallDisk(partsDisk(folder), 64);
	return { env: {}, [Symbol.asyncDispose]: () => disk[Symbol.asyncDispose]() };
}

/** What a sender was told of each request that was no success. */
interface Refused {
	readonly status: number;
	readonly retryAfter: string | null;
}

function partSender({ system }: Pick<FaultContext, "system">, isToGoOn: () => Promise<void>) {
	const url = `${system.processOf("intake").urlOf("intake")}/v1/uploads`;
	const addresses = new Map<string, string>();
	const begun: string[] = [];
	const refused: Refused[] = [];
	const ask = async (method: string, address: string, headers: Readonly<Record<string, string>>, body?: Uint8Array) => {
		const response = await fetch(address, {
			...{ method, signal: AbortSignal.timeout(15_000), ...(body && { body: Buffer.from(body) }) },
			headers: { authorization: `Bearer ${system.apiKey}`, "tus-resumable": "1.0.0", ...headers },
		});
		await response.arrayBuffer();
		if (response.ok) return response.headers;
		refused.push({ status: response.status, retryAfter: response.headers.get("retry-after") });
		throw new Error(`intake answered ${response.status}`);
	};
	const create = async ({ eventId, subject, eventTimeMs }: Outgoing, length: number) => {
		const time = new Date(eventTimeMs).toISOString();
		const metadata = { id: eventId, subject, time, authorId: "author", surface: "public", filetype: "image/jpeg" };
		const named = Object.entries(metadata).map(([name, value]) => `${name} ${Buffer.from(value).toString("base64")}`);
		const headers = { "upload-length": String(length), "upload-metadata": named.join(",") };
		const address = new URL((await ask("POST", url, headers)).get("location") ?? "", url).href;
		addresses.set(eventId, address);
		return address;
	};
	const offsetOf = async (address: string) => Number((await ask("HEAD", address, {})).get("upload-offset"));
	const send = (address: string, bytes: Uint8Array, offset: number) =>
		ask(
			"PATCH",
			address,
			{ "content-type": "application/offset+octet-stream", "upload-offset": String(offset) },
			bytes.subarray(offset),
		);
	/** Sends a first part and fails, as a line that breaks does; asked again it goes on where it was. */
	const carry: Carrier = async (item) => {
		if (item.kind !== "picture") throw new Error("only files come in parts");
		const address = addresses.get(item.eventId);
		if (address !== undefined) {
			await send(address, item.bytes, await offsetOf(address));
			return;
		}
		await send(await create(item, item.bytes.length), item.bytes.subarray(0, firstPart), 0);
		begun.push(item.eventId);
		await isToGoOn();
		throw new Error("the line broke");
	};
	return { carry, refused, begun, addresses, offsetOf };
}

async function fillPartsDisk({ servers, system, feed, plantings, isFull }: FaultContext): Promise<number> {
	const folder = partsDisk(servers.folder);
	const filler = join(folder, "filler");
	const known = plantings.knownPictures.slice(0, 3);
	const times = isFull ? 5 : 1;
	for (let round = 0; round < times; round += 1) {
		let fill = () => {};
		const filled = new Promise<void>((resolve) => {
			fill = resolve;
		});
		const sender = partSender({ system }, () => filled);
		const begin = (way: number) => {
			for (const [at, picture] of known.entries()) {
				// What follows the end of a JPEG no decoder reads.
				const bytes = Buffer.concat([picture, Buffer.alloc(bytesEach, round * 20 + way * 10 + at)]);
				feed.send({ kind: "picture", expected: "withheld", bytes }, sender.carry);
			}
		};
		begin(0);
		await eventually(() => expectAtLeast(sender.begun.length, known.length, "uploads begun"), { withinMs: 30_000 });
		await fillDisk(filler);
		try {
			fill();
			// Those that begin now are refused as those are that go on.
			begin(1);
			await eventually(() => expectAtLeast(sender.refused.length, 4 * known.length, "refusals"), { withinMs: 60_000 });
			for (const address of sender.addresses.values()) {
				const offset = await sender.offsetOf(address);
				if (offset < firstPart || offset >= bytesEach) throw new Error(`${offset} bytes are said to have come`);
			}
		} finally {
			await rm(filler);
		}
		for (const { status, retryAfter } of sender.refused)
			if (status !== 503 || retryAfter === null) throw new Error(`told ${status}, to come again after ${retryAfter}`);
		await eventually(() => expectAtLeast(sender.addresses.size, 2 * known.length, "uploads"), { withinMs: 30_000 });
		const begun = new Set([...sender.addresses.values()].map((address) => address.split("/").at(-1)));
		const left = (await readdir(folder)).filter((name) => !begun.has(name.replace(/\.json(\.part)?$/, "")));
		if (round === 0 && left.length > 0) throw new Error(`${left.length} files belong to no upload`);
	}
	return times;
}

function expectAtLeast(found: number, least: number, what: string): void {
	if (found < least) throw new Error(`${found} ${what}, and ${least} were expected`);
}

export const uploads: readonly Scenario[] = [
	{
		name: "upload-disk-full",
		fault: "Disk full in mid-upload: parts of resumable uploads, and those that begin meanwhile",
		...{ profile, conditions: smallPartsDisk, inflict: fillPartsDisk },
	},
];
