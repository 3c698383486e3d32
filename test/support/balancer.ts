// A load balancer as simple as they come: asks every process for /ready, sends each request to the next one that is, never repeats one.
import { createServer, request as forward } from "node:http";
import { closeServer, listenLocally } from "./local-server.ts";

export interface Balancer extends AsyncDisposable {
	readonly url: string;
}

const askEveryMs = 100;

export async function startBalancer(targets: readonly string[]): Promise<Balancer> {
	const ready = new Set(targets);
	const timer = setInterval(() => {
		for (const target of targets)
			fetch(`${target}/ready`, { signal: AbortSignal.timeout(2_000) })
				.then(({ ok }) => (ok ? ready.add(target) : ready.delete(target)))
				.catch(() => ready.delete(target));
	}, askEveryMs);
	let turn = 0;
	const server = createServer((incoming, outgoing) => {
		const choice = [...ready];
		const target = choice[turn % choice.length];
		turn += 1;
		if (target === undefined) {
			outgoing.writeHead(502).end();
			return;
		}
		const url = new URL(incoming.url ?? "/", target);
		const { method, headers } = incoming;
		// No connection is kept: one kept too long would be an error of the balancer's own.
		const through = forward(url, { method, headers: { ...headers, connection: "close" }, agent: false }, (answer) => {
			outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(outgoing);
		});
		through.on("error", () => outgoing.headersSent || outgoing.writeHead(502).end());
		incoming.pipe(through);
	});
	const url = await listenLocally(server);
	return {
		url,
		async [Symbol.asyncDispose]() {
			clearInterval(timer);
			await closeServer(server);
		},
	};
}
