// Somebody at the portal who asks for an authority, with a browser that runs no scripts: keeps its cookie, follows where it is sent, and has an
// app that makes codes of the secret on the page.
import { Secret, TOTP } from "otpauth";

interface AuthorityPage {
	readonly status: number;
	/** Where it ended up, without the host. */
	readonly path: string;
	readonly page: string;
	readonly headers: Headers;
}

type Fields = Readonly<Record<string, string>>;

export interface AuthorityVisitor {
	cookie: string;
	read(path: string): Promise<AuthorityPage>;
	post(path: string, fields: Fields): Promise<AuthorityPage>;
	/** With the token that the page at `form` carries, unless another is given. */
	postForm(form: string, fields: Fields, document?: File): Promise<AuthorityPage>;
	logIn(login: string, password: string, code?: string): Promise<AuthorityPage>;
}

let visitors = 0;

export function visitAsAuthority(url: string): AuthorityVisitor {
	visitors += 1;
	const network = `100.80.${visitors}.7`;
	const self: AuthorityVisitor = {
		cookie: "",
		read: (path) => send(path, { method: "GET" }),
		post: (path, fields) => send(path, { method: "POST", body: new URLSearchParams(fields) }),
		async postForm(form, fields, document) {
			const csrf = hiddenOn((await self.read(form)).page, "csrf");
			if (document === undefined) return self.post(form, { csrf, ...fields });
			const body = new FormData();
			for (const [name, value] of Object.entries({ csrf, ...fields })) body.set(name, value);
			body.set("document", document);
			return send(form, { method: "POST", body });
		},
		logIn: (login, password, code = "") => self.post("/authority/log-in", { login, password, code }),
	};
	const send = async (path: string, init: RequestInit): Promise<AuthorityPage> => {
		const headers = { "x-forwarded-for": network, cookie: self.cookie };
		const answer = await fetch(`${url}${path}`, { ...init, headers, redirect: "manual" });
		const [set] = answer.headers.getSetCookie();
		if (set !== undefined) self.cookie = set.split(";")[0] ?? "";
		const next = answer.headers.get("location");
		if (next !== null) return send(next, { method: "GET" });
		return { status: answer.status, path, page: await answer.text(), headers: answer.headers };
	};
	return self;
}

export function hiddenOn(page: string, name: string): string {
	return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? "";
}

/** What the app knows of the secret on the page: its code at a time. */
export function appOf(page: string): (atMs: number) => string {
	const typed = /class="secret"><code>([A-Z2-7 ]+)</.exec(page)?.[1] ?? "";
	const totp = new TOTP({ secret: Secret.fromBase32(typed.replaceAll(" ", "")) });
	return (timestamp) => totp.generate({ timestamp });
}

export function recoveryCodesOn(page: string): readonly string[] {
	return [...page.matchAll(/<code>((?:[A-Z2-7]{4}-){3}[A-Z2-7]{4})<\/code>/g)].map(([, code]) => code ?? "");
}
