// A way to a server that can be shut: whoever is on the way is cut off, and nobody else gets in until it is opened.

import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export interface Door extends AsyncDisposable {
	/** The same address by way of the door. */
	readonly url: string;
	shut(): void;
	open(): void;
}

export async function startDoor(to: string): Promise<Door> {
	const target = new URL(to);
	const through = new Set<Socket>();
	let isShut = false;
	const server = createServer((incoming) => {
		if (isShut) {
			incoming.destroy();
			return;
		}
		const outgoing = connect(Number(target.port), target.hostname);
		for (const [one, other] of [
			[incoming, outgoing],
			[outgoing, incoming],
		] as const) {
			through.add(one);
			one.pipe(other);
			one.on("error", () => other.destroy());
			one.on("close", () => {
				through.delete(one);
				other.destroy();
			});
		}
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	const url = new URL(to);
	url.hostname = "127.0.0.1";
	url.port = String(typeof address === "object" ? address?.port : "");
	const cutOff = () => {
		for (const one of through) one.destroy();
	};
	return {
		url: url.href,
		shut() {
			isShut = true;
			cutOff();
		},
		open() {
			isShut = false;
		},
		async [Symbol.asyncDispose]() {
			cutOff();
			server.close();
			await once(server, "close");
		},
	};
}
