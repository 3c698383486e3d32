// The first login, with a password that somebody else chose: nothing opens until it is changed.
import { expect, test } from "@jest/globals";
import { accessibilityProblems, password } from "./console-fixture.ts";
import { counts, shows } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole();

test("whoever signs in with a first password chooses another, is told what is wrong with it, and then goes on", async () => {
	const login = await console_.addPerson("Nguyễn Thị Hương", "reviewer");
	const { users } = console_.system.parts.stores;
	const found = await users.findForLogin(login);
	if (found === null) throw new Error("a user");
	await users.setPassword(found.user.id, found.passwordHash, { isPasswordFirst: true });

	const page = await console_.openPage({ locale: "vi-VN" });
	await page.fill("[name=login]", login);
	await page.fill("[name=password]", password);
	await page.keyboard.press("Enter");
	await page.locator("[name=next]").waitFor();
	await counts(page.locator(".top-bar"), 0);
	expect(await accessibilityProblems(page)).toEqual([]);

	const choose = async (next: string, again: string) => {
		await page.fill("[name=former]", password);
		await page.fill("[name=next]", next);
		await page.fill("[name=again]", again);
		await page.keyboard.press("Enter");
		await page.locator("[role=alert], .top-bar").first().waitFor();
	};
	await choose("thuyền về bến cũ", "thuyền về bến mới");
	await shows(page.locator("[role=alert]"), "không giống nhau");
	await choose("matkhau123456", "matkhau123456");
	await page.locator("[role=alert]", { hasText: "quá dễ đoán: chỉ gồm từ thông dụng" }).waitFor();
	await choose("thuyền về bến cũ", "thuyền về bến cũ");
	await page.locator(".top-bar").waitFor();

	await page.reload();
	await page.locator(".top-bar").waitFor();
	await page.context().close();
}, 90_000);
