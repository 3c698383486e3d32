// What every store of counts must do, whatever it is made of.
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { platformId, uuidv7 } from "../../services/core/ids.ts";
import type { CountedItem, CountStore } from "../../services/core/ports/count-store.ts";
import { type LatelyName, latelyNames, mostCounted } from "../../services/core/rules/lately.ts";

/** `open`: each call as if in another process, on the same counts. */
export function describeCountStoreContract(name: string, open: () => Promise<CountStore>): void {
	describe(`counts in ${name}`, () => {
		let counts: CountStore;
		beforeAll(async () => {
			counts = await open();
		});
		const all: ReadonlySet<LatelyName> = new Set(latelyNames);
		const start = Date.parse("2026-11-01T12:00:00Z");
		const onPlatform = (platform = platformId.parse(uuidv7(Date.now()))) => ({
			item: (seconds: number, item: Partial<CountedItem> = {}): CountedItem => ({
				...{ platformId: platform, source: "//forum.example", eventId: randomUUID(), authorId: "an", cluster: null },
				accountCreated: null,
				at: new Date(start + seconds * 1_000),
				...item,
			}),
		});
		const read = async (items: readonly CountedItem[], ...names: readonly LatelyName[]) =>
			(await counts.count(items, all)).map((one) => names.map((of) => one[of]));

		it("of an account hold what came within the window that ends with the item, itself included", async () => {
			const { item } = onPlatform();
			const items = [0, 10, 299, 300, 3_599, 3_600, 86_399, 86_400].map((seconds) => item(seconds));
			expect(await read(items, "account.items5m", "account.items1h", "account.items1d")).toEqual([
				[1, 1, 1],
				[2, 2, 2],
				[3, 3, 3],
				[3, 4, 4],
				[1, 5, 5],
				[2, 5, 6],
				[1, 1, 7],
				[2, 2, 7],
			]);
		});

		it("of an item that was counted already are what they were then, in whatever batch it comes again", async () => {
			const { item } = onPlatform();
			const [first, second, third] = [item(0), item(1), item(2)];
			expect(await read([first, second, first], "account.items5m")).toEqual([[1], [2], [1]]);
			expect(await read([third], "account.items5m")).toEqual([[3]]);
			expect(await read([second], "account.items5m")).toEqual([[2]]);
		});

		it("of items that are counted in another order than they came in miss none: of two, the later counted counts the other", async () => {
			const { item } = onPlatform();
			expect(await read([item(100)], "account.items5m")).toEqual([[1]]);
			expect(await read([item(50)], "account.items5m")).toEqual([[2]]);
			expect(await read([item(101)], "account.items5m")).toEqual([[3]]);
		});

		it("leave out what came a window or more after an item that is counted late", async () => {
			const { item } = onPlatform();
			expect(await read([item(400)], "account.items5m", "account.items1h")).toEqual([[1, 1]]);
			expect(await read([item(100)], "account.items5m", "account.items1h")).toEqual([[1, 2]]);
			expect(await read([item(101)], "account.items5m", "account.items1h")).toEqual([[3, 3]]);
		});

		it("of what is the same hold each account once", async () => {
			const { item } = onPlatform();
			const by = (authorId: string, seconds: number) => item(seconds, { authorId, cluster: "text:1" });
			const items = [by("an", 0), by("an", 1), by("binh", 2), by("chi", 3_700), item(3_701, { cluster: "text:2" })];
			expect(await read([...items, item(3_702)], "cluster.accounts1h", "cluster.accounts1d")).toEqual([
				[1, 1],
				[1, 1],
				[2, 2],
				[1, 3],
				[1, 1],
				[0, 0],
			]);
		});

		it("of two platforms, and of two accounts, are apart", async () => {
			const [one, other] = [onPlatform(), onPlatform()];
			const items = [one.item(0), other.item(0), one.item(0, { authorId: "binh" })];
			expect(await read(items, "account.items5m")).toEqual([[1], [1], [1]]);
		});

		it("are exact where ten processes count at once", async () => {
			const { item } = onPlatform();
			const processes = await Promise.all(Array.from({ length: 10 }, open));
			const batches = await Promise.all(
				processes.flatMap((process) =>
					Array.from({ length: 4 }, () =>
						process.count(
							Array.from({ length: 5 }, () => item(0)),
							all,
						),
					),
				),
			);
			const seen = batches.flat().map((one) => one["account.items5m"]);
			expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, at) => at + 1));
		});

		it("end where one count would cost too much", async () => {
			const { item } = onPlatform();
			const flood = Array.from({ length: mostCounted + 5 }, () => item(0));
			expect((await read(flood, "account.items5m")).slice(-6).flat()).toEqual(new Array(6).fill(mostCounted));
		});

		const hour = 3_600;
		const ages = (items: readonly CountedItem[]) => read(items, "account.ageHours", "account.firstDayRate");

		it("say how old an account was as its platform says, and how much it sent an hour in its first day", async () => {
			const { item } = onPlatform();
			const made = (hours: number) => ({ accountCreated: new Date(start - hours * hour * 1_000) });
			expect(await ages([item(0, made(2)), item(hour, made(2)), item(2, { ...made(0), authorId: "binh" })])).toEqual([
				[2, 0.5],
				[3, 2 / 3],
				[0, 1],
			]);
			expect(await ages([item(0, { ...made(24), authorId: "chi" })])).toEqual([[24, 0]]);
			expect(await ages([item(0, { ...made(-1), authorId: "dung" })])).toEqual([[0, 1]]);
		});

		it("take nobody for new who was first seen in the first day of the watch, and whoever comes after it", async () => {
			const { item } = onPlatform();
			expect(await ages([item(0), item(12 * hour, { authorId: "binh" })])).toEqual([
				[24, 0],
				[24, 0],
			]);
			const later = 25 * hour;
			const chi = (seconds: number) => item(later + seconds, { authorId: "chi" });
			expect(await ages([chi(0), chi(0), chi(3 * hour), item(later)])).toEqual([
				[0, 1],
				[0, 2],
				[3, 1],
				[49, 0],
			]);
			// After a gap of more than a day somebody may have come in it.
			expect(await ages([item(later + 30 * hour, { authorId: "dung" })])).toEqual([[24, 0]]);
		});

		it("say of an item that was counted already how old its account was then", async () => {
			const { item } = onPlatform();
			const again = item(30 * hour, { authorId: "binh" });
			await counts.count([item(0)], all);
			await counts.count([item(20 * hour)], all);
			expect(await ages([again])).toEqual([[0, 1]]);
			expect(await ages([item(31 * hour, { authorId: "binh" }), again])).toEqual([
				[1, 2],
				[0, 1],
			]);
		});

		it("know first times exactly where ten processes count at once", async () => {
			const { item } = onPlatform();
			await counts.count([item(0)], all);
			await counts.count([item(20 * hour)], all);
			const processes = await Promise.all(Array.from({ length: 10 }, open));
			const same = () => item(26 * hour, { authorId: "binh" });
			const seen = await Promise.all(processes.map((process) => process.count([same(), same()], all)));
			expect(new Set(seen.flat().map((one) => one["account.ageHours"]))).toEqual(new Set([0]));
			const rates = seen.flat().map((one) => one["account.firstDayRate"]);
			expect(rates.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
		});

		it("are let go when they are too old, and only then", async () => {
			const { item } = onPlatform();
			await counts.count([item(-500_000), item(-500_000), item(0)], all);
			const before = new Date(start - 400_000_000);
			expect(await counts.prune(before, 1)).toBe(1);
			expect(await counts.prune(before, 100)).toBe(1);
			expect(await counts.prune(before, 100)).toBe(0);
			expect(await read([item(1)], "account.items5m")).toEqual([[2]]);
		});
	});
}
