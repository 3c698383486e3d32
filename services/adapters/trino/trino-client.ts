// One statement over Trino's HTTP protocol (trino.io/docs/current/develop/client-protocol.html): it is posted, and its answer is got page by page. A
// statement that nobody waits for any more is cancelled.
import { Agent, request } from "undici";
import { z } from "zod";
import { readText } from "../../runtime/http/read-text.ts";
import { pause } from "../../runtime/pause.ts";

export interface TrinoOptions {
	readonly url: string;
	readonly user: string;
	/** Null: none is asked for. Trino takes one over TLS only. */
	readonly password: string | null;
}

export interface Answer {
	readonly columns: readonly { readonly name: string; readonly type: string }[];
	readonly rows: readonly (readonly unknown[])[];
}

/** Trino has understood us and says that it cannot do this: wrong, forbidden, or too much. */
export class StatementFailed extends Error {
	override readonly name = "StatementFailed";
}

export interface TrinoClient extends AsyncDisposable {
	/** At most so many rows. Rejects with {@link StatementFailed}, or however Trino could not be reached. */
	run(statement: string, limits: { readonly rows: number; readonly ms: number }): Promise<Answer>;
}

const page = z.object({
	nextUri: z.url().optional(),
	columns: z.array(z.object({ name: z.string(), type: z.string() })).optional(),
	data: z.array(z.array(z.unknown())).optional(),
	error: z.object({ message: z.string() }).optional(),
});
type Page = z.output<typeof page>;

/** Trino ends a page at sixteen. */
const mostPageBytes = 64 * 1_048_576;
const retryAfterMs = 100;

export function createTrinoClient({ url, user, password }: TrinoOptions): TrinoClient {
	const agent = new Agent({ connections: 4 });
	const headers = {
		...{ accept: "application/json", "user-agent": "breakwater", "x-trino-source": "breakwater" },
		...{ "x-trino-user": user, "x-trino-time-zone": "UTC" },
		...(password === null
			? {}
			: { authorization: `Basic ${Buffer.from(`${user}:${password}`, "utf8").toString("base64")}` }),
	};
	return {
		async run(statement, { rows: most, ms }) {
			const signal = AbortSignal.timeout(ms);
			let columns: Answer["columns"] = [];
			const rows: unknown[][] = [];
			let next: URL | null = null;
			try {
				let got = await send(new URL("/v1/statement", url), "POST", signal, statement);
				for (;;) {
					next = got.nextUri === undefined ? null : onOurHost(got.nextUri);
					if (got.error !== undefined) throw new StatementFailed(got.error.message);
					columns = got.columns ?? columns;
					for (const row of got.data ?? []) rows.push(row);
					if (next === null || rows.length >= most) return { columns, rows: rows.slice(0, most) };
					got = await send(next, "GET", signal);
				}
			} catch (error) {
				if (signal.aborted) throw new StatementFailed(`it took longer than ${ms / 1_000} s`);
				throw error;
			} finally {
				if (next !== null) await cancel(next);
			}
		},
		async [Symbol.asyncDispose]() {
			await agent.destroy();
		},
	};

	/** Wherever Trino believes that it is, the operator has said where we reach it. */
	function onOurHost(uri: string): URL {
		const { pathname, search } = new URL(uri);
		return new URL(`${pathname}${search}`, url);
	}

	async function send(to: URL, method: "GET" | "POST", signal: AbortSignal, body?: string): Promise<Page> {
		for (;;) {
			const response = await request(to, {
				...{ dispatcher: agent, method, headers, signal },
				...(body === undefined ? {} : { body }),
			});
			if (response.statusCode === 200) return page.parse(JSON.parse(await readText(response.body, mostPageBytes)));
			response.body.on("error", () => undefined).destroy();
			// As the protocol has it: the same again, a little later.
			if (![429, 502, 503, 504].includes(response.statusCode))
				throw new Error(`Trino answered with ${response.statusCode}`);
			await pause(retryAfterMs, signal);
		}
	}

	async function cancel(next: URL): Promise<void> {
		const signal = AbortSignal.timeout(2_000);
		await request(next, { dispatcher: agent, method: "DELETE", headers, signal })
			.then(({ body }) => body.dump())
			.catch(() => undefined);
	}
}
