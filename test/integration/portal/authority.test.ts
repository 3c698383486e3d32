// Authorities at the portal by plain HTML form posts: logging in with a second factor, asking, and seeing what became of it. Real PostgreSQL.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { hashPassword } from "../../../services/adapters/argon2/password-hasher.ts";
import { named } from "../../../services/core/acts/doer.ts";
import type { Authority } from "../../../services/core/ports/authority-store.ts";
import { hashOfKey, newKey } from "../../../services/runtime/bearer-key.ts";
import {
	type AuthorityVisitor,
	appOf,
	hiddenOn,
	recoveryCodesOn,
	visitAsAuthority,
} from "../../support/authority-visitor.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";

const first = "first-password-of-theirs";
const chosen = "seven quiet lamps in a row";
const by = named("test");
/** A step of codes is half a minute. */
const stepMs = 30_000;
let system: TestSystem;
let portal = "";
let passedMs = 0;
const now = () => Date.now() + passedMs;
let ministry: Authority;
beforeAll(async () => {
	const parts = { clock: { now } };
	system = await startTestSystem({ roles: ["portal"], parts, env: { BREAKWATER_TRUSTED_PROXIES: "127.0.0.1" } });
	portal = system.urlOf("portal");
	const law = { jurisdiction: "VN", laws: ["VN-CSL25"] };
	const { authorities } = system.parts.stores;
	ministry = await authorities.add({ name: "ministry", ...law }, hashOfKey(newKey("authority", "ministry")), by);
}, 60_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
});

let logins = 0;
async function addLogin(authority = ministry): Promise<string> {
	logins += 1;
	const login = `clerk-${logins}`;
	const passwordHash = await hashPassword(first);
	await system.parts.stores.authorityAccounts.add({ authority: authority.id, login, passwordHash }, by);
	return login;
}

/** Somebody whose account is secured, and the app that makes their codes. */
async function secured(authority = ministry) {
	const login = await addLogin(authority);
	const visitor = visitAsAuthority(portal);
	const begun = await visitor.logIn(login, first);
	const code = appOf(begun.page);
	const secret = hiddenOn(begun.page, "secret");
	const done = await visitor.postForm("/authority/set-up", {
		...{ password: first, newPassword: chosen, secret, code: code(now()) },
	});
	const recovery = recoveryCodesOn(done.page);
	expect(recovery).toHaveLength(8);
	return { login, visitor, code, recovery };
}

/** Codes open once: the next one is half a minute away. */
function nextCode(code: (atMs: number) => string): string {
	passedMs += stepMs;
	return code(now());
}

const filledIn = {
	...{ reference: "CV-2026/1", asks: "removal", legalBasis: "Luật An ninh mạng 116/2025/QH15", note: "" },
	...{ addresses: "https://forum.example/posts/1\nzalo 0900 000 000", urgentReason: "" },
	...{ silenceBasis: "", silenceUntil: "" },
};

const ask = (visitor: AuthorityVisitor, fields: Partial<typeof filledIn> = {}, document?: File) =>
	visitor.postForm("/authority/ask", { ...filledIn, ...fields }, document);

describe("an account of an authority", () => {
	test("opens nothing before its first password is changed and a second factor is set up", async () => {
		const visitor = visitAsAuthority(portal);
		expect((await visitor.read("/authority")).path).toBe("/authority/log-in");
		const begun = await visitor.logIn(await addLogin(), first);
		expect(begun.path).toBe("/authority/set-up");
		for (const path of ["/authority", "/authority/ask", "/en/authority/ask"])
			expect((await visitor.read(path)).path).toMatch(/\/authority\/set-up$/);
	});

	test("takes no weak password, no code of another secret, and not the first password again", async () => {
		const visitor = visitAsAuthority(portal);
		const begun = await visitor.logIn(await addLogin(), first);
		const code = appOf(begun.page)(now());
		const secret = hiddenOn(begun.page, "secret");
		const fields = { password: first, newPassword: chosen, secret, code };
		for (const [wrong, says] of [
			[{ newPassword: "short" }, "Không dùng được mật khẩu mới"],
			[{ newPassword: first }, "Không dùng được mật khẩu mới"],
			[{ password: "another" }, "Mật khẩu đã dùng để đăng nhập không đúng"],
			[{ code: code === "000000" ? "000001" : "000000" }, "Mã không khớp"],
			[{ secret: "made-up" }, "Mã không khớp"],
		] as const) {
			const answer = await visitor.postForm("/authority/set-up", { ...fields, ...wrong });
			expect([answer.status, answer.page]).toEqual([400, expect.stringContaining(says)]);
		}
	});

	test("is opened by password and code, and by no code a second time", async () => {
		const { login, code } = await secured();
		const typed = nextCode(code);
		for (const wrong of ["", "000 000", "ABCDEFGHIJKLMNOP"])
			expect((await visitAsAuthority(portal).logIn(login, chosen, wrong)).status).toBe(401);
		expect((await visitAsAuthority(portal).logIn(login, "wrong", typed)).status).toBe(401);
		const opened = await visitAsAuthority(portal).logIn(login, chosen, `${typed.slice(0, 3)} ${typed.slice(3)}`);
		expect([opened.status, opened.path]).toEqual([200, "/authority"]);
		const replayed = await visitAsAuthority(portal).logIn(login, chosen, typed);
		expect([replayed.status, replayed.page]).toEqual([401, expect.stringContaining("Mỗi mã chỉ dùng một lần")]);
	});

	test("is opened by each recovery code once, however it is typed", async () => {
		const { login, recovery } = await secured();
		const [code = ""] = recovery;
		expect((await visitAsAuthority(portal).logIn(login, chosen, code.toLowerCase())).path).toBe("/authority");
		expect((await visitAsAuthority(portal).logIn(login, chosen, code)).status).toBe(401);
		const acts = await system.parts.stores.acts.list({ what: "authority-recovery-code-used", limit: 1 });
		expect(acts).toMatchObject([{ actor: { name: `authority:${login}` }, details: { left: 7 } }]);
	});

	test("is shut out at once with its sessions, and its second factor ends with a reset", async () => {
		const { login, visitor, code } = await secured();
		const { authorityAccounts } = system.parts.stores;
		await authorityAccounts.setDisabled(login, true, by);
		expect((await visitor.read("/authority")).path).toBe("/authority/log-in");
		expect((await visitor.logIn(login, chosen, nextCode(code))).status).toBe(401);
		await authorityAccounts.setDisabled(login, false, by);
		await authorityAccounts.reset(login, await hashPassword(first), by);
		expect((await visitor.logIn(login, chosen, nextCode(code))).status).toBe(401);
		expect((await visitor.logIn(login, first)).path).toBe("/authority/set-up");
	});

	test("is not guessed: ten attempts with one login, from wherever, and it waits", async () => {
		const login = await addLogin();
		const statuses = [];
		for (let attempt = 0; attempt < 11; attempt += 1)
			statuses.push((await visitAsAuthority(portal).logIn(login, "wrong")).status);
		expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
	}, 30_000);

	test("has a secret that the record alone does not tell", async () => {
		const { login, code } = await secured();
		const found = await system.parts.stores.authorityAccounts.findForLogin(login);
		if (found === null) throw new Error("the login is not there");
		const sealed = await system.parts.stores.authorityAccounts.factorOf(found.user.id);
		expect(sealed?.length).toBe(12 + 16 + 20);
		expect(code(now())).toMatch(/^\d{6}$/);
	});
});

describe("a request on a page", () => {
	test("is received once, shows its deadline and who works on it, and stands in the list", async () => {
		const { visitor } = await secured();
		const document = new File(["signed"], "CV-2026-1.pdf", { type: "application/pdf" });
		const urgent = { urgentReason: "trẻ đang gặp nguy" };
		const shown = await ask(visitor, urgent, document);
		expect(shown.path).toMatch(/^\/authority\/requests\/[0-9a-f-]{36}$/);
		for (const says of ["VN-CSL25", "đang chạy", "có kèm theo", "trẻ đang gặp nguy", "trang này", "chưa có ai giữ"])
			expect(shown.page).toContain(says);
		const again = await ask(visitor, urgent, document);
		expect([again.path, again.page]).toEqual([`${shown.path}?again=1`, expect.stringContaining("đã nhận trước đây")]);
		// Another request under that reference is refused, with what was typed still there.
		const other = await ask(visitor, { note: "việc khác" });
		expect(other.status).toBe(409);
		expect(other.page).toContain("đã dùng cho một yêu cầu khác");
		expect(other.page).toContain("việc khác");
		const listed = await visitor.read("/en/authority");
		expect(listed.page.match(/CV-2026\/1/g)).toHaveLength(1);
		expect(listed.page).toContain("urgent");
		const id = shown.path.split("/").at(-1) ?? "";
		const english = await visitor.read(`/en/authority/requests/${id}`);
		expect(english.page).toContain("stops when:");
		expect(english.headers.get("cache-control")).toBe("no-store");
		expect(english.headers.get("content-security-policy")).toContain("default-src 'none'");
	});

	test("with something missing comes back as it was filled in, and says what", async () => {
		const { visitor } = await secured();
		const answer = await ask(visitor, { addresses: " ", legalBasis: "", reference: "CV-<b>9</b>" });
		expect(answer.status).toBe(400);
		for (const says of ["Hãy ghi luật làm căn cứ", "ít nhất một địa chỉ", "CV-&lt;b&gt;9&lt;/b&gt;"])
			expect(answer.page).toContain(says);
		const silence = { silenceBasis: "một lệnh của tòa", silenceUntil: "2026-01-31" };
		const over = await ask(visitor, { reference: "CV-2026/over", ...silence });
		expect([over.status, over.page]).toEqual([400, expect.stringContaining("ngày đó chưa được qua")]);
		expect(over.page).toContain("một lệnh của tòa");
		const large = new File([new Uint8Array(2_200_000)], "large.pdf", { type: "application/pdf" });
		expect((await ask(visitor, { reference: "CV-2026/large" }, large)).page).toContain("lớn hơn 2 MB");
		const larger = new File([new Uint8Array(4_000_000)], "larger.pdf", { type: "application/pdf" });
		expect((await ask(visitor, { reference: "CV-2026/larger" }, larger)).status).toBe(413);
	});

	test("is refused without the token of the session, and from another site's page", async () => {
		const { visitor } = await secured();
		const forged = await visitor.post("/authority/ask", { ...filledIn, reference: "CV-2026/forged", csrf: "made-up" });
		expect(forged.status).toBe(403);
		expect((await visitor.read("/authority")).page).not.toContain("CV-2026/forged");
		const headers = { "sec-fetch-site": "cross-site", "content-type": "application/x-www-form-urlencoded" };
		const elsewhere = await fetch(`${portal}/authority/log-in`, { method: "POST", headers, body: "login=a" });
		expect(elsewhere.status).toBe(403);
		const page = await visitor.read("/authority");
		const out = await visitor.post("/authority/log-out", { csrf: hiddenOn(page.page, "csrf") });
		expect(out.path).toBe("/authority/log-in");
		expect((await visitor.read("/authority")).path).toBe("/authority/log-in");
	});

	test("of another authority is nowhere", async () => {
		const police = await system.parts.stores.authorities.add(
			{ name: "police", jurisdiction: "VN", laws: ["VN-147-AUTH"] },
			hashOfKey(newKey("authority", "police")),
			by,
		);
		const theirs = await ask((await secured()).visitor, { reference: "CV-2026/77" });
		const { visitor } = await secured(police);
		expect((await visitor.read(theirs.path)).status).toBe(404);
		expect((await visitor.read("/authority/requests/nothing")).status).toBe(404);
		expect((await visitor.read("/authority")).page).not.toContain("CV-2026/77");
		await system.parts.stores.authorities.setEnabled("police", false, by);
		expect((await visitor.read("/authority")).path).toBe("/authority/log-in");
	});
});
