// Hosts of media that misbehave: their pictures come before people as incomplete, or are withheld once the host has recovered; text
// and other media go on meanwhile.
import { createServer, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Server } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { eventTypes } from "../../../services/core/wire/item-event.ts";
import { topics } from "../../../services/core/wire/topics.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { createCertificate } from "../create-certificate.ts";
import type { Named, NewItem } from "../drive-feed.ts";
import type { Expected } from "../reconcile.ts";
import type { FaultContext, Scenario } from "../scenario.ts";

/** Of the picture that was asked for, in this way. */
const misbehaviors: Readonly<Record<string, (response: ServerResponse, picture: Uint8Array) => void>> = {
	"slow-drip": (response, picture) => {
		let sent = 0;
		const timer = setInterval(() => {
			response.write(picture.subarray(sent, sent + 10));
			sent += 10;
		}, 100);
		response.on("close", () => clearInterval(timer));
	},
	"endless-body": (response) => {
		const piece = Buffer.alloc(65_536, 1);
		const more = () => {
			while (!response.destroyed && response.write(piece));
		};
		response.on("drain", more);
		more();
	},
	"wrong-length": (response, picture) => {
		response.writeHead(200, { "content-length": picture.length + 1_000 });
		response.write(picture, () => response.destroy());
	},
	"redirect-loop": (response) => response.writeHead(302, { location: "/redirect-loop" }).end(),
	"redirect-inside": (response) => response.writeHead(302, { location: "http://169.254.169.254/latest" }).end(),
	silence: () => undefined,
};

async function inflict(context: FaultContext): Promise<number> {
	const { servers, system, feed, plantings, isFull } = context;
	const [known = new Uint8Array()] = plantings.knownPictures;
	let areBroken = true;
	const answer: RequestListener = ({ url = "" }, response) => {
		const way = url.slice(1).replace(/^flaky-/, "");
		const misbehave = misbehaviors[way];
		if (misbehave === undefined || (url.startsWith("/flaky-") && !areBroken)) response.end(known);
		else misbehave(response, known);
	};
	const plain = createServer(answer);
	const tls = createTlsServer(await createCertificate(servers.folder, "DNS:other.example"), answer);
	tls.on("tlsClientError", () => undefined);
	try {
		const [port, tlsPort] = [await listen(plain), await listen(tls)];
		const hosts = [`cdn.media.example:${port}`, `private.media.example:${port}`, `cdn.media.example:${tlsPort}`];
		await system.record.query("UPDATE platforms SET media_hosts = $1", [hosts]);
		// The detector may have looked a moment ago.
		await wait(1_500);
		const cdn = `http://cdn.media.example:${port}`;
		const send = (url: string, expected: Expected) => feed.send(pictureAt(url, expected, system.source));
		const times = isFull ? 20 : 2;
		for (let round = 0; round < times; round += 1) {
			for (const way of Object.keys(misbehaviors)) send(`${cdn}/${way}`, "people");
			send(`http://private.media.example:${port}/picture`, "people");
			send(`https://cdn.media.example:${tlsPort}/picture`, "people");
			send(`${cdn}/picture`, "withheld");
			for (const way of ["slow-drip", "wrong-length", "silence"]) send(`${cdn}/flaky-${way}`, "withheld");
		}
		// Within the attempts that such a picture is given.
		await wait(1_000);
		areBroken = false;
		await eventuallyFetched(context);
		return times * (Object.keys(misbehaviors).length + 2 + 3);
	} finally {
		for (const server of [plain, tls]) {
			server.closeAllConnections();
			server.close();
		}
	}
}

/** Until every picture by URL is settled: the hosts must be there that long. */
async function eventuallyFetched({ system, feed }: FaultContext): Promise<void> {
	const asked = feed.sent().filter(({ subject }) => subject.startsWith("raw/"));
	const deadline = Date.now() + 90_000;
	for (;;) {
		const ids = asked.map(({ eventId }) => eventId);
		const [row] = await system.record.query("SELECT count(*) AS count FROM items WHERE event_id = ANY ($1)", [ids]);
		if (Number(row?.count) >= asked.length || Date.now() > deadline) return;
		await wait(200);
	}
}

function pictureAt(url: string, expected: Expected, source: string): NewItem {
	const value = ({ eventId, subject, eventTimeMs }: Named) =>
		JSON.stringify({
			specversion: "1.0",
			type: eventTypes.mediaUploaded,
			source,
			id: eventId,
			subject,
			time: new Date(eventTimeMs).toISOString(),
			data: { authorId: "author", surface: "public", url },
		});
	return { kind: "raw", topic: topics.media, expected, value };
}

function listen(server: Server): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(0, "127.0.0.1", () => {
			const address = server.address();
			resolve(typeof address === "object" && address !== null ? address.port : 0);
		});
	});
}

export const mediaHosts: readonly Scenario[] = [
	{
		name: "media-hosts",
		fault: "Media hosts: drip, endless, wrong length, redirects, private address, TLS",
		profile: "cluster",
		conditions: async () => ({
			env: { BREAKWATER_FETCH_TIMEOUT_MS: "1500", BREAKWATER_MAX_MEDIA_BYTES: "2000000" },
			entries: { detector: fromPackageRoot("dist", "test", "faults", "detector-with-local-names.js") },
			[Symbol.asyncDispose]: async () => undefined,
		}),
		inflict,
	},
];
