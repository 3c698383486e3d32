// The lane of copies: what people removed before comes again, near it, and one key and a reason confirm all of them; numbers say how many
// there are, and nothing is shown that was not asked for. The decision and its copies are written to the record as a detector would.
import { expect, test } from "@jest/globals";
import { drawSample } from "../../services/adapters/sharp/draw-sample.ts";
import { keyOfCluster, keyOfCopies } from "../../services/core/cases/cluster-key.ts";
import { clusterIdOf } from "../../services/core/clusters/cluster-id.ts";
import type { CaseId } from "../../services/core/ids.ts";
import { decideVerdict } from "../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../services/core/policy/policy.ts";
import { decidedSignal } from "../../services/core/signals/decided/decided.ts";
import { digest, hashesOf, withBitsFlipped } from "../support/bank-fixtures.ts";
import { decideBy } from "../support/decide-case.ts";
import { newItem, newVerdict } from "../support/examined-items.ts";
import { accessibilityProblems, keepPicture } from "./console-fixture.ts";
import { reads, shows, types } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole({}, { roles: ["review"] });

const medoid = digest("medoid of a poster");
const memberships = [
	{ clusterId: clusterIdOf(medoid), degree: "confirmed", distanceBits: 4, medoid, type: "pdq" } as const,
];

/** Removed by somebody, with `count` copies that came later. */
async function removedWithCopies(count: number): Promise<{ readonly copies: CaseId }> {
	const { stores } = console_.system.parts;
	const { id: platformId, source } = console_.system.platform;
	const [first] = await stores.verdicts.record([newItem(platformId, source, { memberships })]);
	if (first?.kind !== "recorded" || first.caseId === null) throw new Error("recorded, with its case");
	const id = first.caseId;
	const { id: userId } = await stores.users.create({
		login: "mai",
		displayName: "Mai",
		roles: ["reviewer"],
		passwordHash: "x",
	});
	await decideBy(stores, userId, id, { decision: "remove" });
	const said = { caseId: id, decision: "remove", category: "csam", resemblance: "picture", distanceBits: 4 } as const;
	const verdict = decideVerdict([decidedSignal({ ...said, isNews: false })], "public", defaultPolicy);
	const copy = { caseId: id, isSame: false, rests: "on-decision" } as const;
	const items = Array.from({ length: count }, (_, at) =>
		newItem(platformId, source, {
			...{ verdict, copy, memberships, hashes: hashesOf(`copy ${at}`, medoid), clusterKey: keyOfCopies(id) },
		}),
	);
	const [outcome] = await stores.verdicts.record(items);
	if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("recorded, with its case");
	return { copies: outcome.caseId };
}

let copies: CaseId;
test.each([
	["en-GB", "Lan", "Copies", "8 items are this one, on one platform", "People removed near copies before"],
	["vi-VN", "Hoa", "Bản sao", "8 mục chính là nội dung này, trên 1 nền tảng", "Các bản gần giống đã bị gỡ trước đây"],
] as const)(
	"in %s copies are told in numbers",
	async (locale, name, lane, numbers, why) => {
		if (locale === "en-GB") ({ copies } = await removedWithCopies(7));
		const page = await console_.signedIn(await console_.addPerson(name, "reviewer"), { locale });
		await page.locator(".lane-bar").getByText(lane, { exact: true }).waitFor();
		await page.goto(`${console_.url}/#/case/${copies}`);
		await page.getByText(numbers).waitFor();
		await page.getByText(why).first().waitFor();
		expect(await accessibilityProblems(page)).toEqual([]);
		await keepPicture(page, `copies-${locale}`);
		await page.context().close();
	},
	90_000,
);

test("one key, a reason and Enter confirm all of them", async () => {
	const page = await console_.signedIn(await console_.addPerson("Chi", "reviewer"));
	await page.goto(`${console_.url}/#/case/${copies}`);
	await page.locator(".claim-notice button:enabled").waitFor();
	await page.keyboard.press("Enter");
	await page.locator(".claim-line").waitFor();
	await page.keyboard.press("r");
	await shows(page.locator("form.strip"), /7 items on .* will be removed for good/);
	await types(page, "copies of what was removed");
	await page.keyboard.press("Enter");
	await reads(page.locator(".settled h2"), "Decided: remove");
	const { items } = (await console_.system.parts.stores.cases.find(copies)) ?? { items: [] };
	expect(items.map(({ state }) => state)).toEqual(Array.from({ length: 7 }, () => "removed"));
	await page.context().close();
}, 90_000);

test("its copies and what looks like them are seen together, in small, while a key is held, and the trail says how many", async () => {
	const page = await console_.signedIn(await console_.addPerson("Vy", "reviewer"));
	await page.goto(`${console_.url}/#/case/${await withPictures()}`);
	await page.locator(".claim-notice button:enabled").waitFor();
	await page.keyboard.press("Enter");
	await page.locator(".claim-line").waitFor();
	await page.getByRole("button", { name: "Its 5 copies" }).click();
	await page.keyboard.press("5");
	await page.getByText("Copies are shown together at levels 1 to 4 only.").waitFor();
	await page.keyboard.press("3");
	await page.keyboard.down("Space");
	await page.locator(".viewer-shown").waitFor();
	await keepPicture(page, "copies-strip");
	expect(await accessibilityProblems(page)).toEqual([]);
	await page.keyboard.up("Space");
	await page.locator(".viewer-shown").waitFor({ state: "detached" });
	await page.getByText("5 members of the cluster").waitFor();
	await page.getByRole("button", { name: "2 that look like it" }).click();
	await page.keyboard.down("Space");
	await page.locator(".viewer-shown").waitFor();
	await page.keyboard.up("Space");
	await page.getByText("2 members of the cluster").waitFor();
	await page.context().close();
}, 90_000);

/** The case of the newest of five copies, and two that look like them; each with its picture. */
async function withPictures(): Promise<CaseId> {
	const { stores } = console_.system.parts;
	const { id: platformId, source } = console_.system.platform;
	const medoid = digest("medoid of a boat");
	const cases: CaseId[] = [];
	for (const [at, degree] of (["suggested", "suggested", ...Array(5).fill("confirmed")] as const).entries()) {
		const mediaKey = `evidence/boat-${at}`;
		await console_.system.parts.mediaStore().put(mediaKey, await drawSample(500 + at), 10_000_000);
		const membership = {
			clusterId: clusterIdOf(medoid),
			degree,
			distanceBits: degree === "confirmed" ? 4 : 25,
			medoid,
			type: "pdq" as const,
		};
		const [outcome] = await stores.verdicts.record([
			newItem(platformId, source, {
				...{ memberships: [membership], evidence: { text: null, mediaKey, mediaType: "image/jpeg" } },
			}),
		]);
		if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("recorded, with its case");
		await stores.verdicts.markKept(outcome.itemId);
		cases.push(outcome.caseId);
	}
	return cases.at(-1) as CaseId;
}

test("a case that became a part of another says so at its top, with the way to that one", async () => {
	const { stores } = console_.system.parts;
	const { id: platformId, source } = console_.system.platform;
	const hashes = [digest("two posters"), withBitsFlipped(digest("two posters"), 12)] as const;
	const cases: CaseId[] = [];
	for (const [at, medoid] of hashes.entries()) {
		const clusterId = clusterIdOf(medoid);
		const memberships = [{ clusterId, degree: "confirmed", distanceBits: 0, medoid, type: "pdq" } as const];
		const verdict = newVerdict({ tier: "K3", action: "review", urgency: 60 });
		const placed = {
			verdict,
			memberships,
			hashes: hashesOf(`poster ${at}`, medoid),
			clusterKey: keyOfCluster(clusterId),
		};
		const [outcome] = await stores.verdicts.record([newItem(platformId, source, placed)]);
		if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("recorded, with its case");
		cases.push(outcome.caseId);
	}
	expect(await stores.clusters.merge({ type: "pdq", medoids: hashes, distanceBits: 12 })).toBe("merged");
	const [stays, gone] = cases;
	const page = await console_.signedIn(await console_.addPerson("Lan", "reviewer"));
	await page.goto(`${console_.url}/#/case/${gone}`);
	await shows(page.locator(".claim-notice"), "became a part of it");
	await page.locator(".claim-notice a").click();
	await page.waitForURL(`${console_.url}/#/case/${stays}`);
	await page.context().close();
});
