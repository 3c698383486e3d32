// One way in and out: JSON, parsed by the contract, problems by code. Keeps the session's CSRF token and nothing else.
import { config as zodConfig } from "zod";
import { csrfHeader, unattendedHeader } from "../../core/wire/review-api.ts";
import { ApiProblem, codeOfAnswer, reasonsOfAnswer } from "./api-problem.ts";

// zod would compile its parsers with `new Function`, which the page's Content-Security-Policy forbids.
zodConfig({ jitless: true });

interface Parser<T> {
	parse(value: unknown): T;
}

interface RequestOptions {
	readonly body?: unknown;
	/** Sent as it is, in place of a body. */
	readonly file?: Blob;
	/** Lets the request outlive the page. */
	readonly keepalive?: boolean;
	readonly signal?: AbortSignal;
}

type Method = "GET" | "POST" | "PUT" | "DELETE" | "PATCH";

export interface Requests {
	json<T>(method: Method, path: string, parser: Parser<T>, options?: RequestOptions): Promise<T>;
	/** For answers that carry nothing. */
	plain(method: Method, path: string, options?: RequestOptions): Promise<void>;
	blob(path: string, signal: AbortSignal): Promise<Blob>;
	setCsrfToken(token: string | null): void;
}

/** `onUnauthenticated` is called when the session turns out to be over; the request rejects all the same. */
export function createRequests(onUnauthenticated: () => void): Requests {
	let csrfToken: string | null = null;
	const isTouched = watchTouches();

	const send = async (method: Method, path: string, options: RequestOptions = {}): Promise<Response> => {
		const headers = new Headers({ accept: "application/json" });
		const { file } = options;
		if (options.body !== undefined) headers.set("content-type", "application/json");
		if (file !== undefined) headers.set("content-type", "application/octet-stream");
		if (csrfToken !== null && method !== "GET") headers.set(csrfHeader, csrfToken);
		if (method === "GET" && !isTouched()) headers.set(unattendedHeader, "1");
		let response: Response;
		try {
			response = await fetch(path, {
				method,
				headers,
				body: file ?? (options.body === undefined ? null : JSON.stringify(options.body)),
				cache: "no-store",
				credentials: "same-origin",
				redirect: "error",
				keepalive: options.keepalive ?? false,
				signal: options.signal ?? null,
			});
		} catch (error) {
			throw new ApiProblem("offline", { cause: error });
		}
		if (response.ok) return response;
		const body: unknown = await response.json().catch(() => null);
		const code = codeOfAnswer(response.status, body);
		if (code === "unauthenticated") onUnauthenticated();
		throw new ApiProblem(code, { reasons: reasonsOfAnswer(body) });
	};

	return {
		async json(method, path, parser, options) {
			const response = await send(method, path, options);
			try {
				return parser.parse(await response.json());
			} catch (error) {
				throw new ApiProblem("unreadable", { cause: error });
			}
		},
		async plain(method, path, options) {
			await send(method, path, options);
		},
		blob: async (path, signal) => (await send("GET", path, { signal })).blob(),
		setCsrfToken(token) {
			csrfToken = token;
		},
	};
}

/** Whether somebody touched the page since the last time that this was asked. */
function watchTouches(): () => boolean {
	let isTouched = true;
	const onTouch = () => {
		isTouched = true;
	};
	for (const kind of ["keydown", "pointerdown", "pointermove", "wheel"])
		window.addEventListener(kind, onTouch, { capture: true, passive: true });
	return () => {
		const was = isTouched;
		isTouched = false;
		return was;
	};
}
