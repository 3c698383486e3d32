// What a case says of how its thing spreads: numbers, a curve that is fetched when there is one, and the numbers by platform by keyboard.
// Items are written to the record as a detector would, and counted as takedown does.
import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "@jest/globals";
import { clusterIdOf } from "../../services/core/clusters/cluster-id.ts";
import type { CaseId } from "../../services/core/ids.ts";
import { usualWatch } from "../../services/core/outbreaks/growth-watch.ts";
import { initialPolicies } from "../../services/core/policy/policy.ts";
import { createOutbreakCounter } from "../../services/takedown/outbreaks/count-outbreaks.ts";
import { digest, hashesOf } from "../support/bank-fixtures.ts";
import { clearVerdict, newItem } from "../support/examined-items.ts";
import { accessibilityProblems, keepPicture } from "./console-fixture.ts";
import { shows } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole({}, { roles: ["review"] });
let spreading: CaseId;
beforeAll(async () => {
	spreading = await spread(14);
}, 90_000);

/** One picture by so many accounts, one every five seconds, of which nothing was found. */
async function spread(accounts: number): Promise<CaseId> {
	const { stores } = console_.system.parts;
	const { id, source } = console_.system.platform;
	const medoid = digest("medoid of a poster");
	const memberships = [
		{ clusterId: clusterIdOf(medoid), degree: "confirmed", distanceBits: 3, medoid, type: "pdq" } as const,
	];
	const beganMs = Date.now() - 60_000 * accounts;
	for (let at = 0; at < accounts; at += 1)
		await stores.verdicts.record([
			newItem(id, source, {
				...{ verdict: clearVerdict, hashes: hashesOf(randomUUID(), medoid), memberships, authorId: `sender-${at}` },
				...{ receivedAt: new Date(beganMs + 5_000 * at), clusterKey: `cluster:${memberships[0]?.clusterId}` },
			}),
		]);
	await stores.history.relay(1, async () => undefined);
	const counter = createOutbreakCounter({
		...{ outbreaks: stores.outbreaks, clock: { now: Date.now }, holder: randomUUID() },
		...{ options: { ...usualWatch, learnSeconds: 0 }, onSnapshotUnread: () => undefined, policies: initialPolicies },
	});
	const { found } = await counter.round();
	return found[0]?.caseId as CaseId;
}

test.each([
	["en-GB", "Lan", "Spreads", /14 items of 14 accounts until now/, "By platform"],
	["vi-VN", "Hoa", "Đang lan truyền", /đến nay có 14 mục từ 14 tài khoản/, "Theo nền tảng"],
] as const)(
	"in %s a case says how fast its thing spreads, and from where",
	async (locale, name, title, numbers, byPlatform) => {
		const page = await console_.signedIn(await console_.addPerson(name, "reviewer"), { locale });
		await page.goto(`${console_.url}/#/case/${spreading}`);
		const section = page.getByRole("region", { name: title });
		await shows(section, numbers);
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
