// What may be printed of a setting. A value that cannot be taken apart is hidden rather than shown.

const hidden = "***";
const secretName = /secret|passw|token(?!.*file)|access_?key(?!_?id)/i;

/** Whether everything that a setting of this name says is a secret. */
export function isSecretName(name: string): boolean {
	return secretName.test(name);
}

/** Without the passwords inside: of the user in a URL, in its query, and in PostgreSQL's `password=…` form. */
export function redactText(text: string): string {
	// Up to the last @: a password that was not encoded may hold one.
	const withoutUser = text.replace(/^([a-z][a-z\d+.-]*:\/\/[^:/@?#]*):.*@/i, `$1:${hidden}@`);
	const [address = "", ...query] = withoutUser.split("?");
	const parts = query.join("?").split("&").map(redactPair);
	const redacted = query.length === 0 ? address : `${address}?${parts.join("&")}`;
	return redacted.replace(/\b(\w*passw\w*\s*=\s*)(?:'[^']*'|[^\s&]+)/gi, `$1${hidden}`);
}

function redactPair(pair: string): string {
	const [name = ""] = pair.split("=", 1);
	return isSecretName(decode(name)) ? `${name}=${hidden}` : pair;
}

function decode(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}
