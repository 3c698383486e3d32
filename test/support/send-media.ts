// A file that is sent to a running system as a platform sends it, and what becomes of it: its item before people, its order at the platform.
import { randomUUID } from "node:crypto";
import { expect } from "@jest/globals";
import type { TestSystem } from "./test-system.ts";

export function senderOf(system: TestSystem) {
	return {
		/** Answers its subject. */
		async upload(bytes: Uint8Array, mediaType = "application/octet-stream"): Promise<string> {
			const id = randomUUID();
			const response = await fetch(
				`${system.urlOf("intake")}/v1/media?id=${id}&subject=${id}&authorId=a&surface=public`,
				{
					method: "POST",
					headers: { authorization: `Bearer ${system.apiKey}`, "content-type": mediaType },
					body: Buffer.from(bytes),
				},
			);
			expect(response.status).toBe(202);
			return id;
		},
		/** Throws until its case has it. */
		async itemOf(subject: string) {
			const { cases } = system.parts.stores;
			const [summary] = await cases.list({ search: subject, limit: 1, offset: 0 });
			if (summary === undefined) throw new Error("it is not before people yet");
			const item = (await cases.find(summary.id))?.items.find((one) => one.subject === subject);
			if (item === undefined) throw new Error("its case has the item");
			return item;
		},
		orderTo: (subject: string) =>
			[...system.sample.orders.values()].map(({ order }) => order).find((order) => order.subject === subject),
	};
}
