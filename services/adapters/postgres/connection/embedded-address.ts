// Where the embedded server is reached: over a socket in its own folder, else over the loopback network.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

const database = "postgres";
export const superuser = "breakwater";

interface Server {
	/** Where its data, its password and its socket are. */
	readonly folder: string;
	readonly password: string;
	readonly port: number;
}

/** For a server that runs: over its socket, where a statement takes a quarter less of both processors; over the network where it has none. */
export function embeddedUrl({ folder, password, port }: Server): string {
	const socket = socketFolder(folder, port);
	const isOpen = socket !== null && existsSync(socketPath(socket, port));
	const host = isOpen ? `?host=${encodeURIComponent(socket)}` : "";
	return `postgresql://${superuser}:${password}@127.0.0.1:${port}/${database}${host}`;
}

/** Null where the system has no such sockets, or an address of one (103 bytes at least) does not hold the path. */
export function socketFolder(folder: string, port: number): string | null {
	const path = resolve(folder);
	// It stands on a command line among settings.
	const isPlain = /^[\w/.-]+$/.test(path);
	const fits = Buffer.byteLength(socketPath(path, port)) <= 103;
	return process.platform !== "win32" && isPlain && fits ? path : null;
}

function socketPath(folder: string, port: number): string {
	return join(folder, `.s.PGSQL.${port}`);
}
