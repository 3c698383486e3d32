// People remove what one account posted again and again, over the review API as the console does. Nobody but the law counts then: what comes of it
// is a case about the account, which waits for people.
import { z } from "zod";
import type { Parts } from "../parts/parts.ts";
import { pause } from "../runtime/pause.ts";
import { type FeedItem, isRepeated } from "./plan-feed.ts";

export interface RemoveAsReviewerOptions {
	readonly parts: Parts;
	readonly reviewUrl: string;
	readonly login: { readonly name: string; readonly password: string };
	readonly feed: readonly FeedItem[];
	readonly signal: AbortSignal;
}

const lookEveryMs = 250;
const withinMs = 30_000;

/** Answers whether a case about the account waits for people. */
export async function removeAsReviewer(options: RemoveAsReviewerOptions): Promise<boolean> {
	const { parts, feed, signal } = options;
	const repeated = feed.filter(isRepeated);
	const ask = await logIn(options);
	const { cases } = parts.stores;
	for (const { subject } of repeated) {
		for (const { id } of await cases.list({ search: subject, states: ["open"], limit: 1, offset: 0 })) {
			const { claim } = claimed.parse(await ask(`/api/cases/${id}/claim`, {}));
			await ask(`/api/cases/${id}/decide`, { fence: claim.fence, decision: "remove", reason: "a demonstration" });
		}
	}
	const account = repeated[0]?.authorId ?? "";
	for (const until = Date.now() + withinMs; Date.now() < until && !signal.aborted; ) {
		const found = await cases.list({ search: account, states: ["open"], limit: 10, offset: 0 });
		if (found.some(({ accountId }) => accountId === account)) return true;
		await pause(lookEveryMs, signal);
	}
	return false;
}

const session = z.object({ csrfToken: z.string() });
const claimed = z.object({ claim: z.object({ fence: z.int() }) });

async function logIn({ reviewUrl, login }: RemoveAsReviewerOptions) {
	const send = (path: string, body: object, headers: Readonly<Record<string, string>>) =>
		fetch(`${reviewUrl}${path}`, {
			method: "POST",
			headers: { "content-type": "application/json", ...headers },
			body: JSON.stringify(body),
		});
	const opened = await send("/api/session", { login: login.name, password: login.password }, {});
	const [cookie = ""] = (opened.headers.get("set-cookie") ?? "").split(";");
	const { csrfToken } = session.parse(await opened.json());
	return async (path: string, body: object): Promise<unknown> => {
		const answer = await send(path, body, { cookie, "x-breakwater-csrf": csrfToken });
		return answer.json();
	};
}
