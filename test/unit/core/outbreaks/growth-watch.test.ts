import { expect, test } from "@jest/globals";
import { type Alert, createGrowthWatch, type GrowthWatch } from "../../../../services/core/outbreaks/growth-watch.ts";
import type { Subject } from "../../../../services/core/outbreaks/subject.ts";

const start = 1_800_000_000;
const small = { slotsLog2: 10, sketches: 16, alarmsPerDay: 1, learnSeconds: 0 };
const cluster = (key: string): Subject => ({ kind: "cluster", key });

/** One voice every so many seconds. */
function spread(watch: GrowthWatch, subject: Subject, voices: readonly string[], from: number, everySeconds: number) {
	return voices.flatMap(
		(voice, at) => watch.see({ subject, platform: "forum", voice, atSeconds: from + at * everySeconds }) ?? [],
	);
}

function people(count: number, name = "person"): readonly string[] {
	return Array.from({ length: count }, (_, at) => `${name}-${at}`);
}

function quietDays(watch: GrowthWatch, days: number): void {
	for (let minute = 0; minute < days * 1_440; minute += 1) {
		const atSeconds = start - days * 86_400 + minute * 60;
		watch.see({
			subject: cluster(`picture-${minute}`),
			platform: "forum",
			voice: `regular-${minute % 500}`,
			atSeconds,
		});
	}
}

test("a thing that a dozen accounts send within minutes is an outbreak, told once", () => {
	const watch = createGrowthWatch(small);
	const alerts = spread(watch, cluster("new"), people(60), start, 20);
	expect(alerts).toHaveLength(1);
	const [alert] = alerts as [Alert];
	const seen = alert.windows.find(({ seconds }) => seconds === 21_600);
	expect(seen?.voices).toBeLessThanOrEqual(12);
	expect(alert.voiceSeconds[0]).toBe(start);
});

test("one account that sends a thing a thousand times is none", () => {
	const watch = createGrowthWatch(small);
	expect(spread(watch, cluster("bot"), Array(1_000).fill("one-bot"), start, 1)).toEqual([]);
});

test("a handful of accounts is none, however fast and however often", () => {
	const watch = createGrowthWatch(small);
	const five = Array.from({ length: 500 }, (_, at) => `friend-${at % 5}`);
	expect(spread(watch, cluster("friends"), five, start, 1)).toEqual([]);
});

test("what is sent all day by many is no outbreak; ten times as much of it is", () => {
	const watch = createGrowthWatch(small);
	const popular = people(2_000, "fan");
	// One every 40 seconds, for a day, but for the first hours, in which it is new.
	spread(watch, cluster("meme"), popular, start, 40);
	watch.settle(cluster("meme"), "harmless");
	const later = start + 80_000;
	expect(spread(watch, cluster("meme"), popular, later, 40)).toEqual([]);
	expect(spread(watch, cluster("meme"), people(400, "stranger"), later + 80_000, 4)).toHaveLength(1);
});

test("slow growth is seen in the long windows", () => {
	const watch = createGrowthWatch(small);
	quietDays(watch, 1);
	expect(spread(watch, cluster("slow"), people(40), start, 500)).toHaveLength(1);
});

test("accounts that nobody has heard of before make it an outbreak sooner", () => {
	const told = (voices: readonly string[]) => {
		const watch = createGrowthWatch(small);
		quietDays(watch, 8);
		const known = Array.from({ length: 144 }, (_, at) => `regular-${at}`);
		// Every ten minutes for a day; then five times as often.
		spread(watch, cluster("thing"), known, start, 600);
		watch.settle(cluster("thing"), "harmless");
		const [alert] = spread(watch, cluster("thing"), voices, start + 86_400, 120);
		return (alert?.atSeconds ?? Number.POSITIVE_INFINITY) - start;
	};
	const known = Array.from({ length: 200 }, (_, at) => `regular-${200 + at}`);
	expect(told(people(200, "made-for-it"))).toBeLessThan(told(known));
});

test("a platform that has just joined is no outbreak for all of its accounts being new", () => {
	const watch = createGrowthWatch(small);
	quietDays(watch, 8);
	const joined = people(600, "newcomer").map((voice, at) => ({
		...{ subject: cluster(`usual-there-${at % 100}`), platform: "joined", voice, atSeconds: start + at * 60 },
	}));
	expect(joined.flatMap((sighting) => watch.see(sighting) ?? [])).toEqual([]);
});

test("it goes on from its snapshot exactly as it would have", () => {
	const whole = createGrowthWatch(small);
	const first = createGrowthWatch(small);
	const subject = cluster("thing");
	for (const watch of [whole, first]) spread(watch, subject, people(5), start, 30);
	const second = createGrowthWatch(small);
	expect(second.restore(first.snapshot())).toBe(true);
	const rest = people(60, "later");
	expect(spread(second, subject, rest, start + 300, 30)).toEqual(spread(whole, subject, rest, start + 300, 30));
	expect(Buffer.compare(second.snapshot(), whole.snapshot())).toBe(0);
});

test("a snapshot of another size is not read", () => {
	const other = createGrowthWatch({ ...small, slotsLog2: 11 });
	expect(createGrowthWatch(small).restore(other.snapshot())).toBe(false);
});

test("two hundred thousand subjects take no more memory than a thousand, and one that grows among them is found", () => {
	const watch = createGrowthWatch(small);
	const size = watch.snapshot().length;
	const found: Alert[] = [];
	for (let at = 0; at < 200_000; at += 1) {
		const atSeconds = start + Math.floor(at / 50);
		watch.see({ subject: cluster(`one-${at}`), platform: "forum", voice: `somebody-${at}`, atSeconds });
		if (at % 1_000 === 0)
			found.push(
				...[watch.see({ subject: cluster("grows"), platform: "forum", voice: `copy-${at}`, atSeconds })].flatMap(
					(one) => one ?? [],
				),
			);
	}
	expect(watch.snapshot()).toHaveLength(size);
	expect(found.map(({ subject }) => subject.key)).toEqual(["grows"]);
});
