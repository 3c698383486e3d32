// What a password must be, wherever somebody chooses one.

import type { Fault } from "../fault.ts";

/** In characters. */
const shortestPassword = 12;
export const longestPassword = 1024;
/** What is left once everything that guessing programs try first counts for almost nothing. */
const leastUnforeseen = 8;

/** Null where it may be used. `login`: whose it is; a name is no secret. */
export function passwordFault(password: string, login = ""): Fault | null {
	if (password.length > longestPassword) return { code: "password-too-long", mostCharacters: longestPassword };
	if ([...password].length < shortestPassword)
		return { code: "password-too-short", fewestCharacters: shortestPassword };
	return unforeseen(password, login) < leastUnforeseen ? { code: "password-guessable" } : null;
}

/** Words that lists of leaked passwords begin with, and the words of this place, once their digits and signs are letters again. */
const common: readonly string[] = [
	...["password", "passwort", "matkhau", "motdepasse", "contrasena", "welcome", "letmein", "iloveyou", "admin"],
	...[
		"administrator",
		"login",
		"master",
		"monkey",
		"dragon",
		"sunshine",
		"princess",
		"football",
		"baseball",
		"superman",
	],
	...[
		"batman",
		"trustno",
		"shadow",
		"michael",
		"jennifer",
		"charlie",
		"jordan",
		"hunter",
		"secret",
		"default",
		"changeme",
	],
	...["breakwater", "reviewer", "operator", "moderator", "hotline", "anhyeuem", "yeuem", "vietnam", "hanoi", "saigon"],
	...[
		"spring",
		"summer",
		"autumn",
		"winter",
		"monday",
		"friday",
		"january",
		"december",
		"google",
		"facebook",
		"qwerty",
	],
];
/** Rows of keys and of the alphabet, to be typed forwards or backwards, from anywhere, round and round. */
const rows: readonly string[] = [
	"1234567890",
	"abcdefghijklmnopqrstuvwxyz",
	"qwertyuiop",
	"asdfghjkl",
	"zxcvbnm",
	"1qaz2wsx3edc4rfv",
];
const runs: readonly string[] = rows.flatMap((row) => [row + row, [...(row + row)].toReversed().join("")]);
const shortestRun = 3;

/** Characters; but a common word, a name, a run or a repetition counts as one, however long. */
function unforeseen(password: string, login: string): number {
	const plain = password.normalize("NFKC").toLowerCase();
	const words = [...common, ...(login.length < shortestRun ? [] : [login.toLowerCase()])].toSorted(
		(one, other) => other.length - one.length,
	);
	const seen = new Set<string>();
	let count = 0;
	for (let at = 0; at < plain.length; ) {
		const rest = plain.slice(at);
		const length = Math.max(wordAt(rest, words), runAt(rest), repetitionAt(rest));
		const piece = rest.slice(0, Math.max(1, length));
		// The same again is no news.
		if (!seen.has(piece)) count += 1;
		seen.add(piece);
		at += piece.length;
	}
	return count;
}

const lookalikes: Readonly<Record<string, string>> = {
	"0": "o",
	"1": "i",
	"3": "e",
	"4": "a",
	"5": "s",
	"7": "t",
	"@": "a",
	$: "s",
	"!": "i",
};

function wordAt(text: string, words: readonly string[]): number {
	const letters = [...text].map((one) => lookalikes[one] ?? one).join("");
	return words.find((word) => text.startsWith(word) || letters.startsWith(word))?.length ?? 0;
}

function runAt(text: string): number {
	for (let length = text.length; length >= shortestRun; length -= 1) {
		if (runs.some((run) => run.includes(text.slice(0, length)))) return length;
	}
	return 0;
}

/** aaaa, abcabc. */
function repetitionAt(text: string): number {
	return /^(.{1,6}?)\1{2,}/u.exec(text)?.[0].length ?? /^(.)\1+/u.exec(text)?.[0].length ?? 0;
}
