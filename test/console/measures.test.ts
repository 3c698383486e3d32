// Labels and friction on the page of a case: what a rule recommends is done by a button, the page says what the platform has confirmed and what it has
// not, and the same button ends it. By keyboard alone, in both languages, in a real Chromium.
import { beforeAll, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import type { CaseId, ItemId } from "../../services/core/ids.ts";
import { ruleSignal } from "../../services/core/signals/rule/rule-signal.ts";
import { newItem, newVerdict } from "../support/examined-items.ts";
import { accessibilityProblems, keepPicture } from "./console-fixture.ts";
import { counts, shows } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole({}, { roles: ["review"] });
let advised: readonly { readonly caseId: CaseId; readonly itemId: ItemId }[];
beforeAll(async () => {
	const { stores } = console_.system.parts;
	const { id, source } = console_.system.platform;
	const said = ruleSignal({
		...{ rule: "many-links", revision: 1, stage: "live", outcome: "held", category: null, known: null },
		...{ does: { review: true, label: "advertising", friction: true }, isOnModelAlone: false },
	});
	const verdict = newVerdict({ tier: "T", action: "review", urgency: 40, category: null, signals: [said] });
	const items = ["loud", "louder"].map((authorId) => newItem(id, source, { verdict, authorId }));
	advised = (await stores.verdicts.record(items)).flatMap((one) =>
		one.kind === "recorded" && one.caseId !== null ? [{ caseId: one.caseId, itemId: one.itemId }] : [],
	);
}, 90_000);

const words = {
	"en-GB": {
		...{ title: "Labels and friction", label: "Label advertising", recommended: "a rule recommends it" },
		...{ put: "Put the label on", sent: "Sent, not confirmed: 1", confirmed: "Confirmed by the platform: 1" },
		...{ remove: "Remove the label", ending: "Its end is sent, not confirmed: 1", slow: "Slow the account down" },
		...{ person: "Lan", told: "The platform is told to show the label." },
	},
	"vi-VN": {
		...{ title: "Nhãn và làm chậm tài khoản", label: "Nhãn advertising", recommended: "có quy tắc khuyến nghị" },
		...{ put: "Gắn nhãn", sent: "Đã gửi, chưa xác nhận: 1", confirmed: "Nền tảng đã xác nhận: 1" },
		...{ remove: "Bỏ nhãn", ending: "Đã gửi lệnh kết thúc, chưa xác nhận: 1", slow: "Làm chậm tài khoản" },
		...{ person: "Hoa", told: "Nền tảng được báo hiển thị nhãn." },
	},
} as const;

async function confirm(itemId: ItemId): Promise<void> {
	const { stores } = console_.system.parts;
	const jobs = (await stores.outbox.list({ limit: 500 })).filter(({ name }) => name === "measure");
	for (const { jobId } of jobs) {
		const [pending] = await Promise.all([stores.orders.find(jobId.replace("measure-", "") as never)]);
		if (pending?.message.type !== "breakwater.measure-order.v1" || pending.message.itemId !== itemId) continue;
		await stores.orders.settleAttempt(pending.message.orderId, { kind: "delivered", at: new Date() });
	}
}

async function taken(page: Page, caseId: CaseId): Promise<void> {
	await page.goto(`${console_.url}/#/case/${caseId}`);
	await page.locator(".claim-notice button:enabled").waitFor();
	await page.keyboard.press("Enter");
	await page.locator(".claim-line").waitFor();
}

test.each([
	["en-GB", 0],
	["vi-VN", 1],
] as const)(
	"in %s whoever holds the case puts a recommended label on, sees what the platform answered, and removes it",
	async (locale, at) => {
		const texts = words[locale];
		const { caseId, itemId } = advised[at] ?? { caseId: "" as CaseId, itemId: "" as ItemId };
		const page = await console_.signedIn(await console_.addPerson(texts.person, "reviewer"), { locale });
		await page.goto(`${console_.url}/#/case/${caseId}`);
		const section = page.getByRole("region", { name: texts.title });
		await shows(section, texts.recommended);
		// Nobody who does not hold the case does anything to it.
		await counts(section.getByRole("button"), 0);
		await taken(page, caseId);
		await shows(section, texts.slow);
		const label = section.locator('[data-measure="advertising"]');
		await shows(label, texts.label);
		await label.getByRole("button", { name: texts.put }).press("Enter");
		await shows(label, texts.sent);
		await shows(section, texts.told);
		expect(await accessibilityProblems(page)).toEqual([]);
		await keepPicture(page, `measures-${locale}`);
		await confirm(itemId);
		await page.reload();
		await shows(label, texts.confirmed);
		await taken(page, caseId);
		await label.getByRole("button", { name: texts.remove }).press("Enter");
		await shows(label, texts.ending);
		await page.context().close();
	},
	90_000,
);
