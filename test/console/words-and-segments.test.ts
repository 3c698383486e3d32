// A document in which a list knew words, and a segment of a live stream: what the page says of both, and that the words are read while a key is held,
// as a text is. What finds them is e2e's to show; here the record has them.
import { expect, test } from "@jest/globals";
import { keyOfStream } from "../../services/core/cases/cluster-key.ts";
import type { CaseId } from "../../services/core/ids.ts";
import { newItem } from "../support/examined-items.ts";
import { accessibilityProblems, keepPicture } from "./console-fixture.ts";
import { reads, shows } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole({}, { roles: ["review"] });

async function withWords(streamId: string): Promise<CaseId> {
	const { id: platformId, source } = console_.system.platform;
	const live = { streamId, sequence: 12 };
	const words = [{ path: "page 3", isTyped: true, text: "hái quả bưởi tím đầu mùa", places: [{ from: 4, to: 16 }] }];
	const item = newItem(platformId, source, {
		...{ live, clusterKey: keyOfStream(platformId, "author", live) },
		evidence: { text: null, mediaKey: "evidence/document", mediaType: "application/pdf", words },
	});
	const [outcome] = await console_.system.parts.stores.verdicts.record([item]);
	if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("recorded, with its case");
	return outcome.caseId;
}

test.each([
	[
		"en-GB",
		"Lan",
		"Words found in it",
		"Typed in the document page 3",
		"Of one live stream",
		"segment 12 of live stream evening-7",
	],
	[
		...(["vi-VN", "Hoa", "Lời tìm thấy trong đó", "Được gõ trong tài liệu page 3"] as const),
		...(["Của một buổi phát trực tiếp", "đoạn 12 của buổi phát trực tiếp evening-8"] as const),
	],
] as const)(
	"in %s",
	async (locale, name, choice, place, title, segment) => {
		const page = await console_.signedIn(await console_.addPerson(name, "reviewer"), { locale });
		await page.goto(`${console_.url}/#/case/${await withWords(segment.split(" ").at(-1) ?? "")}`);
		await page.locator(".claim-notice button:enabled").waitFor();
		await page.keyboard.press("Enter");
		await page.locator(".claim-line").waitFor();
		await reads(page.locator("#cluster-title"), title);
		await page.getByText(segment).waitFor();
		await page.getByRole("button", { name: choice }).focus();
		await page.keyboard.press("Enter");
		await page.keyboard.press("4");
		await page.keyboard.down("Space");
		await shows(page.locator(".viewer-shown .material-text"), place);
		await reads(page.locator(".viewer-shown mark"), "quả bưởi tím");
		await keepPicture(page, `words-of-a-document-${locale}`);
		expect(await accessibilityProblems(page)).toEqual([]);
		await page.keyboard.up("Space");
		await page.locator(".viewer-shown").waitFor({ state: "detached" });
		await page.context().close();
	},
	90_000,
);
