// The user of a planted copy appeals, by the code that stands in the statement of reasons which the platform was given for them. Nobody decides
// it by itself: it waits for people with the copy's case.
import type { FeedItem } from "./plan-feed.ts";
import type { SamplePlatform } from "./sample-platform.ts";

/** Answers whether the code still leads to the appeal. */
export async function appealAsUser(
	portalUrl: string,
	feed: readonly FeedItem[],
	{ orders }: Pick<SamplePlatform, "orders">,
): Promise<boolean> {
	const planted = new Set(feed.flatMap(({ isPlanted, subject }) => (isPlanted ? [subject] : [])));
	const restricted = [...orders.values()].find(({ order }) => planted.has(order.subject) && order.action !== "restore");
	const code = restricted?.order.statement?.appealCode ?? "";
	const page = `${portalUrl}/en/appeal`;
	await send(`${page}/send`, { receipt: code, message: "This is a harmless picture (a demonstration)." });
	const opened = await send(page, { receipt: code });
	return opened.status === 200 && (await opened.text()).includes("Your appeal");
}

function send(url: string, fields: Readonly<Record<string, string>>): Promise<Response> {
	return fetch(url, { method: "POST", body: new URLSearchParams(fields) });
}
