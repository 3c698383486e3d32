// What may be printed of a setting. A value that cannot be taken apart is hidden rather than shown.

const hidden = "***";
const secretName = /secret|passw|token(?!.*file)|access_?key(?!_?id)/i;

/** Parameters of an address that carry a secret, by other names than settings have. */
const secretParameter = /pwd|auth|credential|^(?:api[_-]?)?key$|^(?:x-amz-)?sig(?:nature)?$/i;
/** Up to the last @: a password that was not encoded may hold one. Addresses stand behind others, behind names, and without a scheme. */
const passwordOfUser = /((?:[a-z][a-z\d+.-]*:\/\/)?[^:/@?#\s=,]*):(?!\/\/).*@/gi;

/** Whether everything that a setting of this name says is a secret. */
export function isSecretName(name: string): boolean {
	return secretName.test(name);
}

/** Without the passwords inside: of the user in a URL, in its query, and in PostgreSQL's `password=…` form. */
export function redactText(text: string): string {
	const withoutUser = text.replace(passwordOfUser, `$1:${hidden}@`);
	const [address = "", ...query] = withoutUser.split("?");
	const parts = query.join("?").split("&").map(redactPair);
	const redacted = query.length === 0 ? address : `${address}?${parts.join("&")}`;
	return redacted.replace(/\b(\w*passw\w*\s*=\s*)(?:'[^']*'|[^\s&]+)/gi, `$1${hidden}`);
}

function redactPair(pair: string): string {
	const [name = ""] = pair.split("=", 1);
	const plainName = decode(name);
	return isSecretName(plainName) || secretParameter.test(plainName) ? `${name}=${hidden}` : pair;
}

function decode(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}
