// A platform that receives orders by webhook, checks their signatures, and keeps a ledger of what it was told.
import { readFile, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { Webhook } from "standardwebhooks";
import { type OrderMessage, orderMessage } from "../core/wire/order.ts";

interface ReceivedOrder {
	readonly order: OrderMessage;
	readonly receivedAtMs: number;
	/** How often it came, under this id. */
	readonly times: number;
}

export interface SamplePlatform extends AsyncDisposable {
	readonly url: string;
	/** The platform's half of the secret; set once the platform is registered. */
	useSecret(secret: string): void;
	/** By order id. */
	readonly orders: ReadonlyMap<string, ReceivedOrder>;
	/** Orders whose signature was wrong. */
	readonly refused: () => number;
}

/** Listens on the port that it had last time, so that orders still under way find it after a restart. */
export async function startSamplePlatform(portFile: string): Promise<SamplePlatform> {
	const orders = new Map<string, ReceivedOrder>();
	let secret = "";
	let refused = 0;
	const server = createServer(async (request, response) => {
		try {
			const body = await readBody(request);
			const message = orderMessage.parse(new Webhook(secret).verify(body, headersOf(request)));
			const known = orders.get(message.orderId);
			orders.set(message.orderId, {
				order: message,
				receivedAtMs: known?.receivedAtMs ?? Date.now(),
				times: (known?.times ?? 0) + 1,
			});
			response.writeHead(204).end();
		} catch {
			refused += 1;
			response.writeHead(401).end();
		}
	});
	const remembered = Number(await readFile(portFile, "utf8").catch(() => "0"));
	const port = await listen(server, remembered);
	await writeFile(portFile, String(port));
	return {
		url: `http://127.0.0.1:${port}/orders`,
		useSecret(given) {
			secret = given;
		},
		orders,
		refused: () => refused,
		[Symbol.asyncDispose]: () =>
			new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

async function readBody(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk);
	return Buffer.concat(chunks).toString("utf8");
}

function headersOf(request: IncomingMessage): Record<string, string> {
	return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
}

function listen(server: Server, port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once("error", (error) => {
			if (port === 0) reject(error);
			else listen(server, 0).then(resolve, reject);
		});
		server.listen(port, "127.0.0.1", () => {
			const address = server.address();
			resolve(typeof address === "object" && address !== null ? address.port : 0);
		});
	});
}
