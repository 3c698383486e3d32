// A platform that receives orders by webhook, checks their signatures, and keeps a ledger of what it was told.
import { readFile, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { Webhook } from "standardwebhooks";
import { z } from "zod";
import {
	type AccountOrderMessage,
	type AnyOrderMessage,
	type AnyStatementMessage,
	anyOrderMessage,
	anyStatementMessage,
} from "../core/wire/account-order.ts";
import type { MeasureOrderMessage } from "../core/wire/measure-order.ts";
import type { OrderMessage } from "../core/wire/order.ts";

const anyMessage = z.discriminatedUnion("type", [anyOrderMessage, anyStatementMessage]);

interface Received<Message> {
	readonly order: Message;
	readonly receivedAtMs: number;
	/** How often it came, under this id. */
	readonly times: number;
}

export interface SamplePlatform extends AsyncDisposable {
	readonly url: string;
	/** The platform's half of the secret; set once the platform is registered. */
	useSecret(secret: string): void;
	/** What it was told to do with items, by order id. */
	readonly orders: ReadonlyMap<string, Received<OrderMessage>>;
	/** What it was told to do short of hiding, by order id. */
	readonly measureOrders: ReadonlyMap<string, Received<MeasureOrderMessage>>;
	/** What it was told of accounts, by order id. It takes note; a person of its own would look at each. */
	readonly accountOrders: ReadonlyMap<string, Received<AccountOrderMessage>>;
	/** By order id: what came after the order, once its user might be told. */
	readonly statements: ReadonlyMap<string, AnyStatementMessage["statement"]>;
	/** Orders whose signature was wrong. */
	readonly refused: () => number;
}

/** Listens on the port that it had last time, so that orders still under way find it after a restart. */
export async function startSamplePlatform(portFile: string): Promise<SamplePlatform> {
	const orders = new Map<string, Received<OrderMessage>>();
	const measureOrders = new Map<string, Received<MeasureOrderMessage>>();
	const accountOrders = new Map<string, Received<AccountOrderMessage>>();
	const statements = new Map<string, AnyStatementMessage["statement"]>();
	let secret = "";
	let refused = 0;
	const server = createServer(async (request, response) => {
		try {
			const body = await readBody(request);
			const message = anyMessage.parse(new Webhook(secret).verify(body, headersOf(request)));
			if (message.type === "breakwater.order.v1") note(orders, message);
			else if (message.type === "breakwater.measure-order.v1") note(measureOrders, message);
			else if (message.type === "breakwater.account-order.v1") note(accountOrders, message);
			else statements.set(message.orderId, message.statement);
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
		...{ orders, measureOrders, accountOrders, statements },
		refused: () => refused,
		[Symbol.asyncDispose]: () =>
			new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function note<Message extends AnyOrderMessage>(ledger: Map<string, Received<Message>>, order: Message): void {
	const known = ledger.get(order.orderId);
	ledger.set(order.orderId, { order, receivedAtMs: known?.receivedAtMs ?? Date.now(), times: (known?.times ?? 0) + 1 });
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
