import { expect, test } from "@jest/globals";
import { orderId, uuidv7 } from "../../../../services/core/ids.ts";
import { jobCatalogue, jobIdOf, jobNames } from "../../../../services/core/wire/jobs.ts";

test.each(["withhold", "remove", "restore"] as const)(
	"a platform that is down for three hours, and not for four, gets its %s order without a person's help",
	(name) => {
		const { attempts, backoff } = jobCatalogue[name];
		const waits = Array.from({ length: attempts - 1 }, (_, n) =>
			Math.min(backoff.maxDelayMs, backoff.delayMs * 2 ** n),
		);
		const hours = waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
		expect(hours).toBeGreaterThan(3);
		expect(hours).toBeLessThan(4);
	},
);

test("every job has an id that BullMQ takes", () => {
	const id = orderId.parse(uuidv7(Date.now()));
	for (const name of jobNames) expect(jobIdOf(name, { orderId: id })).not.toContain(":");
});
