// Load at a steady rate whatever the answers' speed: each item's time is when it was due, not when it could be sent, so that
// waiting is never left out of the figures (no coordinated omission).
import { randomUUID } from "node:crypto";
import { Agent, request } from "undici";
import { eventTypes } from "../../../services/core/wire/item-event.ts";

export interface LoadPlan {
	readonly postsPerSecond: number;
	readonly picturesPerSecond: number;
	readonly seconds: number;
	readonly intakeUrl: string;
	readonly apiKey: string;
	readonly source: string;
	readonly ordinaryText: (index: number) => string;
	readonly knownText: string;
	readonly ordinaryPictures: readonly Uint8Array[];
	readonly knownPictures: readonly Uint8Array[];
	/** One in so many is a planted copy. */
	readonly plantedPostEvery: number;
	readonly plantedPictureEvery: number;
}

export interface SentItem {
	readonly subject: string;
	readonly id: string;
	readonly dueAtMs: number;
	readonly kind: "post" | "picture";
	readonly isPlanted: boolean;
}

export async function sendLoad(
	plan: LoadPlan,
): Promise<{ readonly sent: readonly SentItem[]; readonly refused: number }> {
	const agent = new Agent({ connections: 64, pipelining: 1 });
	const startedAt = Date.now() + 100;
	const run = randomUUID().slice(0, 8);
	const sent: SentItem[] = [];
	let refused = 0;
	const send = async (item: SentItem, options: Parameters<typeof request>[1], path: string) => {
		try {
			const { statusCode, body } = await request(`${plan.intakeUrl}${path}`, { ...options, dispatcher: agent });
			await body.dump();
			if (statusCode === 202) sent.push(item);
			else refused += 1;
		} catch {
			refused += 1;
		}
	};
	const stream = async (kind: SentItem["kind"], perSecond: number, plantedEvery: number) => {
		const underWay = new Set<Promise<void>>();
		for (let index = 0; index < perSecond * plan.seconds; index += 1) {
			const dueAtMs = startedAt + (index * 1000) / perSecond;
			const waitMs = dueAtMs - Date.now();
			if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
			const id = `${run}-${kind}-${index}`;
			const item: SentItem = {
				subject: `${kind}/${id}`,
				id,
				dueAtMs,
				kind,
				isPlanted: index % plantedEvery === plantedEvery - 1,
			};
			const task =
				kind === "post"
					? send(item, postOptions(plan, item, index), "/v1/events")
					: send(item, pictureOptions(plan, item, index), "/v1/media");
			underWay.add(task);
			void task.then(() => underWay.delete(task));
		}
		await Promise.all(underWay);
	};
	await Promise.all([
		stream("post", plan.postsPerSecond, plan.plantedPostEvery),
		...(plan.picturesPerSecond > 0 ? [stream("picture", plan.picturesPerSecond, plan.plantedPictureEvery)] : []),
	]);
	await agent.close();
	return { sent, refused };
}

function postOptions(plan: LoadPlan, item: SentItem, index: number) {
	const event = {
		specversion: "1.0",
		type: eventTypes.postPublished,
		source: plan.source,
		id: item.id,
		subject: item.subject,
		time: new Date(item.dueAtMs).toISOString(),
		data: {
			text: item.isPlanted ? plan.knownText : plan.ordinaryText(index),
			authorId: `author-${index % 500}`,
			surface: "public",
		},
	};
	const headers = { authorization: `Bearer ${plan.apiKey}`, "content-type": "application/cloudevents+json" };
	return { method: "POST" as const, headers, body: JSON.stringify(event) };
}

function pictureOptions(plan: LoadPlan, item: SentItem, index: number) {
	const pictures = item.isPlanted ? plan.knownPictures : plan.ordinaryPictures;
	const headers = {
		authorization: `Bearer ${plan.apiKey}`,
		"content-type": "image/jpeg",
		"ce-specversion": "1.0",
		"ce-type": eventTypes.mediaUploaded,
		"ce-source": plan.source,
		"ce-id": item.id,
		"ce-subject": item.subject,
		"ce-time": new Date(item.dueAtMs).toISOString(),
		"ce-authorid": `author-${index % 500}`,
		"ce-surface": "public",
	};
	return {
		method: "POST" as const,
		headers,
		body: Buffer.from(pictures[index % pictures.length] ?? new Uint8Array(0)),
	};
}
