import { createServer } from "node:net";

/** A port of 127.0.0.1 that was free a moment ago. */
export function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer().on("error", reject);
		server.listen(0, "127.0.0.1", () => {
			const address = server.address();
			server.close(() =>
				typeof address === "object" && address !== null ? resolve(address.port) : reject(new Error("no port")),
			);
		});
	});
}

/** Nobody listens there at 127.0.0.1. */
export function isFree(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const server = createServer().on("error", () => resolve(false));
		server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
	});
}
