// LISTEN on one connection of its own for all channels. Notices can be lost while it is away, so every listener is also called
// once after each (re)connection, without a payload.
import pg from "pg";
import type { Logger } from "../../../runtime/logger.ts";

const channels = [
	"outbox",
	"cases",
	"banks",
	"breakers",
	"law",
	"models",
	"policy",
	"reports",
	"rules",
	"standing_decisions",
	"stream",
	"template",
] as const;
type Channel = (typeof channels)[number];
type NoticeHandler = (payload: string | null) => void;

export interface Listener extends AsyncDisposable {
	/** Resolves once the connection listens. */
	on(channel: Channel, handler: NoticeHandler): Promise<AsyncDisposable>;
	/** Calls back when the connection is lost; answers how to stop that. */
	onLost(handler: () => void): () => void;
	/** False from the loss of the connection until the next one listens. */
	isConnected(): boolean;
}

const reconnectMs = 500;

export function createListener(options: {
	readonly url: string;
	readonly application: string;
	readonly logger: Logger;
}): Listener {
	const handlers = new Map<Channel, Set<NoticeHandler>>();
	const lostHandlers = new Set<() => void>();
	let client: Promise<pg.Client> | null = null;
	let isListening = false;
	let isClosed = false;

	const connect = async (): Promise<pg.Client> => {
		const next = new pg.Client({
			connectionString: options.url,
			application_name: options.application,
			keepAlive: true,
		});
		next.on("notification", (notice) => {
			const channel = channels.find((one) => one === notice.channel);
			if (channel !== undefined) call(channel, notice.payload ?? "");
		});
		next.on("error", (error) => options.logger.warn({ event: "listener-lost", err: error }));
		next.on("end", () => {
			client = null;
			const wasListening = isListening;
			isListening = false;
			if (isClosed) return;
			setTimeout(reconnect, reconnectMs);
			if (wasListening) for (const handler of lostHandlers) handler();
		});
		await next.connect();
		for (const channel of handlers.keys()) await next.query(`LISTEN ${channel}`);
		isListening = true;
		for (const channel of handlers.keys()) call(channel, null);
		return next;
	};
	const reconnect = (): void => {
		if (isClosed || client !== null) return;
		client = connect();
		client.catch(() => {
			client = null;
			if (!isClosed) setTimeout(reconnect, reconnectMs);
		});
	};
	const call = (channel: Channel, payload: string | null): void => {
		for (const handler of handlers.get(channel) ?? []) handler(payload);
	};

	return {
		async on(channel, handler) {
			const isNew = !handlers.has(channel);
			const set = handlers.get(channel) ?? new Set();
			handlers.set(channel, set.add(handler));
			if (client === null) reconnect();
			else if (isNew) await (await client).query(`LISTEN ${channel}`);
			await client;
			return {
				async [Symbol.asyncDispose]() {
					set.delete(handler);
				},
			};
		},
		onLost(handler) {
			lostHandlers.add(handler);
			return () => lostHandlers.delete(handler);
		},
		isConnected: () => isListening,
		async [Symbol.asyncDispose]() {
			isClosed = true;
			await client?.then((open) => open.end()).catch(() => undefined);
		},
	};
}
