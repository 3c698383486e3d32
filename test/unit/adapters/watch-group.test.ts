// A group of Kafka whose records two Breakwaters share splits its items between two records: whose a commit is stands with it.
import { expect, test } from "@jest/globals";
import type { Commit } from "../../../services/adapters/kafka/group-offsets.ts";
import { watchGroup } from "../../../services/adapters/kafka/watch-group.ts";
import { createLogger } from "../../../services/runtime/logger.ts";

function open() {
	const clock = { ms: 0 };
	const lines: string[] = [];
	const logger = createLogger({
		level: "info",
		name: "test",
		to: { write: (line: string) => void lines.push(line) },
	});
	const watch = watchGroup({ group: "g", record: "ours", logger, now: () => clock.ms });
	const look = (...commits: readonly (readonly [offset: number, record: string | null] | null)[]) =>
		watch.look(
			new Map(
				commits.map((one, partition): readonly [string, Commit | null] => [
					`posts/${partition}`,
					one === null ? null : { offset: BigInt(one[0]), record: one[1] },
				]),
			),
		);
	return { clock, watch, look, said: () => lines.filter((line) => line.includes("stream-group-shared")).length };
}

test("a commit of another record that moves is said, once", () => {
	const { watch, look, said } = open();
	look([5, "theirs"], [3, "ours"]);
	look([6, "theirs"], [4, "ours"]);
	look([7, "theirs"], [4, "ours"]);
	expect([watch.isShared(), said()]).toEqual([true, 1]);
});

test("one that stands still is of before: this record was restored from a copy, or took over what another one read", () => {
	const { watch, look } = open();
	for (const _ of [1, 2, 3]) look([5, "theirs"], [3, "ours"], null);
	look([9, "ours"], [3, "ours"], null);
	look([2, "theirs"], [3, "ours"], null);
	expect(watch.isShared()).toBe(false);
});

test("commits of earlier versions say nothing", () => {
	const { watch, look } = open();
	look([5, null]);
	look([6, null]);
	expect(watch.isShared()).toBe(false);
});

test("it is over ten minutes after their last, and said again when they come back", () => {
	const { clock, watch, look, said } = open();
	look([5, "theirs"]);
	look([6, "theirs"]);
	clock.ms = 600_000;
	expect(watch.isShared()).toBe(false);
	look([7, "theirs"]);
	expect([watch.isShared(), said()]).toEqual([true, 2]);
});
