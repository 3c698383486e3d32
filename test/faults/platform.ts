// The platform of the fault suite: takes orders by webhook, checks their signatures, keeps a ledger of all it was ever told, and
// can misbehave as platforms do. It obeys an order once, however often it comes.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Server } from "node:net";
import { Webhook } from "standardwebhooks";
import { type OrderMessage, orderMessage } from "../../services/core/wire/order.ts";
import type { ToldOrder } from "./reconcile.ts";

export type Behavior =
	| { readonly kind: "obey" }
	/** Answers this and does nothing. */
	| { readonly kind: "refuse"; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
	/** Obeys at once, and says so only after a while. */
	| { readonly kind: "answer-late"; readonly afterMs: number }
	/** Obeys, and ends the connection without an answer. */
	| { readonly kind: "hang-up" };

export interface Platform extends AsyncDisposable {
	readonly port: number;
	useSecret(secret: string): void;
	behave(behavior: Behavior): void;
	/** All that was obeyed. */
	told(): readonly ToldOrder[];
	/** Requests, obeyed or not. */
	readonly requests: () => number;
	/** Orders whose signature was wrong or too old. */
	readonly refused: () => number;
	/** Serves the same over TLS with this certificate; a second call replaces the certificate. Answers the port. */
	serveTls(certificate: { readonly key: string; readonly cert: string }): Promise<number>;
}

interface Known {
	readonly order: OrderMessage;
	readonly bodies: Set<string>;
}

export async function startPlatform(): Promise<Platform> {
	const known = new Map<string, Known>();
	const secrets = new Set<string>();
	let behavior: Behavior = { kind: "obey" };
	let requests = 0;
	let refused = 0;
	const obey = (body: string, headers: IncomingMessage["headers"]): boolean => {
		const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
		const isSigned = [...secrets].some((secret) => isVerified(secret, body, given));
		if (!isSigned) return false;
		const order = orderMessage.parse(JSON.parse(body));
		const before = known.get(order.orderId) ?? { order, bodies: new Set() };
		before.bodies.add(body);
		known.set(order.orderId, before);
		return true;
	};
	const serve = async (request: IncomingMessage, response: ServerResponse) => {
		requests += 1;
		const now = behavior;
		const body = await readBody(request);
		if (now.kind === "refuse") return void response.writeHead(now.status, { ...now.headers }).end();
		if (!obey(body, request.headers)) {
			refused += 1;
			return void response.writeHead(401).end();
		}
		if (now.kind === "hang-up") return void request.socket.destroy();
		if (now.kind === "answer-late") await new Promise((resolve) => setTimeout(resolve, now.afterMs));
		response.writeHead(204).end();
	};
	const onRequest = (request: IncomingMessage, response: ServerResponse) =>
		void serve(request, response).catch(() => response.destroy());
	const server = createServer(onRequest);
	let tls: ReturnType<typeof createTlsServer> | null = null;
	return {
		port: await listen(server),
		useSecret: (secret) => void secrets.add(secret),
		behave(next) {
			behavior = next;
		},
		told: () =>
			[...known.values()].map(({ order: { orderId, subject, action, version }, bodies }) => ({
				...{ orderId, subject, action, version },
				variants: bodies.size,
			})),
		requests: () => requests,
		refused: () => refused,
		async serveTls(certificate) {
			if (tls === null) {
				tls = createTlsServer(certificate, onRequest);
				tls.on("tlsClientError", () => undefined);
				return listen(tls);
			}
			tls.setSecureContext(certificate);
			return portOf(tls);
		},
		async [Symbol.asyncDispose]() {
			for (const one of [server, tls]) {
				one?.closeAllConnections();
				one?.close();
			}
		},
	};
}

function isVerified(secret: string, body: string, headers: Record<string, string>): boolean {
	try {
		new Webhook(secret).verify(body, headers);
		return true;
	} catch {
		return false;
	}
}

async function readBody(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk);
	return Buffer.concat(chunks).toString("utf8");
}

function listen(server: Server): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(0, "127.0.0.1", () => resolve(portOf(server)));
	});
}

function portOf(server: Server): number {
	const address = server.address();
	return typeof address === "object" && address !== null ? address.port : 0;
}
