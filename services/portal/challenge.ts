// Proof of work: a browser spends a second or so on each report while its form is being filled in, which a person never notices and a
// flood of thousands does. Made and checked by altcha-lib; nobody else is asked.
import { randomInt } from "node:crypto";
import { createChallenge, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { z } from "zod";
import type { PortalSecrets } from "./secrets.ts";

/** Iterations of PBKDF2 for each try, and tries: together about a second of a five-year-old phone. */
const iterations = 1_000;
const tries = { least: 400, most: 1_200 } as const;
const algorithm = "PBKDF2/SHA-256";

/** What a browser sends back: the challenge as it got it, and what it found. */
const solved = z.object({
	challenge: z.object({
		parameters: z.object({
			algorithm: z.literal(algorithm),
			nonce: z.string(),
			salt: z.string(),
			cost: z.literal(iterations),
			keyLength: z.number(),
			keyPrefix: z.string(),
			keySignature: z.string(),
			data: z.object({ form: z.string() }),
		}),
		signature: z.string(),
	}),
	solution: z.object({ counter: z.number(), derivedKey: z.string() }),
});

/** Bound to one form: its solution is good for that form's report and no other. */
export async function newChallenge(secrets: PortalSecrets, formToken: string): Promise<string> {
	const challenge = await createChallenge({
		...{ algorithm, deriveKey, cost: iterations, counter: randomInt(tries.least, tries.most) },
		data: { form: formToken },
		...secrets.challenge,
	});
	return JSON.stringify(challenge);
}

export async function isSolved(secrets: PortalSecrets, formToken: string, text: string): Promise<boolean> {
	const parsed = solved.safeParse(parseJson(text));
	if (!parsed.success || parsed.data.challenge.parameters.data.form !== formToken) return false;
	const { verified } = await verifySolution({ ...parsed.data, deriveKey, ...secrets.challenge });
	return verified;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
