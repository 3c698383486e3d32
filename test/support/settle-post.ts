import { randomUUID } from "node:crypto";
import { expect } from "@jest/globals";
import { eventTypes, type Surface } from "../../services/core/wire/item-event.ts";
import { eventually } from "./eventually.ts";
import type { TestSystem } from "./test-system.ts";

interface Told {
	readonly surface?: Surface;
	readonly authorId?: string;
	/** When the account was made, as the platform says. */
	readonly accountcreated?: string | undefined;
	/** What else its data says: where in a conversation it stands. */
	readonly within?: object;
}

/** Posts the text, as an account of its own where none is named; its subject, once its verdict is recorded. */
export async function settlePost(
	system: TestSystem,
	text: string,
	{ surface = "public", authorId = randomUUID(), accountcreated, within }: Told = {},
): Promise<string> {
	const [source, id] = [system.platform.source, randomUUID()];
	const data = { text, authorId, surface, ...within };
	const subject = `post/${id}`;
	const answer = await fetch(`${system.urlOf("intake")}/v1/events`, {
		method: "POST",
		headers: { authorization: `Bearer ${system.apiKey}`, "content-type": "application/json" },
		body: JSON.stringify({
			...{ specversion: "1.0", type: eventTypes.postPublished, source, id, subject, data },
			accountcreated,
		}),
	});
	expect(answer.status).toBe(202);
	const { verdicts } = system.parts.stores;
	const isSettled = async () => (await verdicts.findSettled([{ source, eventId: id }])).size === 1;
	await eventually(isSettled, { withinMs: 30_000 });
	return subject;
}
