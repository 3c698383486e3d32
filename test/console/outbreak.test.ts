// What a case says of how its thing spreads: numbers, a curve that is fetched when there is one, and the numbers by platform by keyboard.
// Items are written to the record as a detector would, and counted as takedown does.
import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "@jest/globals";
import { clusterIdOf } from "../../services/core/clusters/cluster-id.ts";
import type { CaseId } from "../../services/core/ids.ts";
import { usualWatch } from "../../services/core/outbreaks/growth-watch.ts";
import { countedLinks } from "../../services/core/outbreaks/post-links.ts";
import { initialPolicies } from "../../services/core/policy/policy.ts";
import type { ExaminedItem } from "../../services/core/ports/verdict-store.ts";
import { createOutbreakCounter } from "../../services/takedown/outbreaks/count-outbreaks.ts";
import { digest, hashesOf } from "../support/bank-fixtures.ts";
import { clearVerdict, newItem } from "../support/examined-items.ts";
import { accessibilityProblems, keepPicture } from "./console-fixture.ts";
import { counts, shows } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole({}, { roles: ["review"] });
let spreading: CaseId;
/** One for all: whoever counts next goes on at once. */
const holder = randomUUID();
beforeAll(async () => {
	spreading = await spread(14);
}, 90_000);

/** One picture. */
function poster(): Partial<ExaminedItem> {
	const medoid = digest("medoid of a poster");
	const memberships = [
		{ clusterId: clusterIdOf(medoid), degree: "confirmed", distanceBits: 3, medoid, type: "pdq" } as const,
	];
	const clusterKey = `cluster:${memberships[0]?.clusterId}`;
	return { hashes: hashesOf(randomUUID(), medoid), memberships, clusterKey };
}

/** One thing by so many accounts, one every five seconds, of which nothing was found. */
async function spread(accounts: number, thing: () => Partial<ExaminedItem> = poster): Promise<CaseId> {
	const { stores } = console_.system.parts;
	const { id, source } = console_.system.platform;
	const beganMs = Date.now() - 600_000;
	for (let at = 0; at < accounts; at += 1)
		await stores.verdicts.record([
			newItem(id, source, {
				...{ verdict: clearVerdict, authorId: `sender-${at}`, ...thing() },
				receivedAt: new Date(beganMs + 5_000 * at),
			}),
		]);
	await stores.history.relay(1, async () => undefined);
	const counter = createOutbreakCounter({
		...{ outbreaks: stores.outbreaks, clock: { now: Date.now }, holder },
		...{ options: { ...usualWatch, learnSeconds: 0 }, onSnapshotUnread: () => undefined, policies: initialPolicies },
	});
	const { found } = await counter.round();
	return found[0]?.caseId as CaseId;
}

test.each([
	[
		"en-GB",
		"Lan",
		"Spreads",
		/14 items of 14 accounts until now/,
		"By platform",
		/this one set off the alertnothing was kept to look at/,
	],
	[
		"vi-VN",
		"Hoa",
		"Đang lan truyền",
		/Đến nay có 14 mục từ 14 tài khoản/,
		"Theo nền tảng",
		/mục này làm phát sinh cảnh báokhông giữ lại gì để xem/,
	],
] as const)(
	"in %s a case says how fast its thing spreads, and from where",
	async (locale, name, title, numbers, byPlatform, nothing) => {
		const page = await console_.signedIn(await console_.addPerson(name, "reviewer"), { locale });
		await page.goto(`${console_.url}/#/case/${spreading}`);
		const section = page.getByRole("region", { name: title });
		await shows(section, numbers);
		await shows(page.locator(".item-list ol"), nothing);
		await shows(section, /(Set off by|Cảnh báo phát sinh từ) .*sender-\d+/);
		await section.locator(".chart canvas").waitFor();
		await section.getByText(byPlatform).focus();
		await page.keyboard.press("Enter");
		await shows(section.locator("table.plain-table"), console_.system.platform.name);
		expect(await accessibilityProblems(page)).toEqual([]);
		await keepPicture(page, `outbreak-${locale}`);
		await page.context().close();
	},
	90_000,
);

test.each([
	[
		"en-GB",
		"Mai",
		"Limit spread",
		/Its spread is limited until you or others decide/,
		/The limit is lifted/,
		"limited by a person",
	],
	["vi-VN", "Vy", "Hạn chế lan truyền", /Đã hạn chế lan truyền/, /Đã bỏ hạn chế/, "đã có người hạn chế"],
] as const)(
	"in %s whoever holds the case limits its spread and lifts that with one key, and the page of outbreaks says so",
	async (locale, name, act, limited, lifted, said) => {
		const page = await console_.signedIn(await console_.addPerson(name, "lead"), { locale });
		await page.goto(`${console_.url}/#/case/${spreading}`);
		await page.locator(".claim-notice button:enabled").waitFor();
		await page.keyboard.press("Enter");
		await page.locator(".claim-line").waitFor();
		await page.getByRole("toolbar").getByText(act).waitFor();
		await page.keyboard.press("l");
		await shows(page.locator("p.notice[role=status]"), limited);
		const other = await page.context().newPage();
		await other.goto(`${console_.url}/#/outbreaks`);
		await shows(other.locator("table.plain-table"), said);
		expect(await accessibilityProblems(other)).toEqual([]);
		await keepPicture(other, `outbreaks-${locale}`);
		await page.bringToFront();
		await page.keyboard.press("l");
		await shows(page.locator("p.notice[role=status]"), lifted);
		// Given back, for whoever comes next.
		await page.keyboard.press("Escape");
		await page.locator(".lane-bar").waitFor();
		await page.context().close();
	},
	90_000,
);

test.each([
	[
		"en-GB",
		"Linh",
		"Spreads",
		/link to one page of/,
		"The newest of them",
		/One post kept to be looked at; nothing is decided of it here/,
		/call what they link to harmful/,
		/those of one account together/,
	],
	[
		"vi-VN",
		"An",
		"Đang lan truyền",
		/liên kết tới một trang của/,
		"Những bài mới nhất",
		/1 bài được giữ lại để xem; ở đây không quyết định gì về các bài này/,
		/coi nơi được liên kết tới là có hại/,
		/đọc từng bài một/,
	],
] as const)(
	"in %s a case about a link shows who posts it, and says that no post is removed by what is decided of it",
	async (locale, name, title, about, newest, kept, call, will) => {
		const links = countedLinks(`https://${randomUUID()}.example/page`);
		const linked = await spread(20, () => ({ kind: "post", hashes: null, links }));
		const { id, source } = console_.system.platform;
		const evidence = { text: "What is said beside the link.", mediaKey: null, mediaType: null };
		const specimen = {
			kind: "post",
			hashes: null,
			links,
			verdict: clearVerdict,
			specimenFor: linked,
			evidence,
		} as const;
		await console_.system.parts.stores.verdicts.record([newItem(id, source, specimen)]);
		const page = await console_.signedIn(await console_.addPerson(name, "lead"), { locale });
		await page.goto(`${console_.url}/#/case/${linked}`);
		const section = page.getByRole("region", { name: title });
		await shows(section, about);
		// Of the posts that were kept one is shown; it is none of the case's own, which are not counted beside it.
		await counts(page.locator(".stage dt", { hasText: /In this case|Trong vụ việc/ }), 0);
		await shows(section, newest);
		await shows(section, "sender-19");
		await shows(page.locator(".item-list"), kept);
		await page.locator(".claim-notice button:enabled").waitFor();
		await page.keyboard.press("Enter");
		await page.locator(".claim-line").waitFor();
		await page.keyboard.press("r");
		await shows(page.locator(".strip-what"), call);
		await shows(page.locator(".strip-what"), will);
		expect(await accessibilityProblems(page)).toEqual([]);
		await keepPicture(page, `outbreak-of-link-${locale}`);
		await page.context().close();
	},
	90_000,
);
