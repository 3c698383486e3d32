// One secret, from which every key of the portal comes. Portals that stand side by side need the same one.
import {
	createCipheriv,
	createDecipheriv,
	createHmac,
	hkdfSync,
	randomBytes,
	scrypt,
	timingSafeEqual,
} from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { toReceipt } from "../core/reports/receipt.ts";
import { errorCode } from "../runtime/error-code.ts";
import { privateFile } from "../runtime/private-folder.ts";

export interface PortalSecrets {
	/** For a form that is about to be shown. */
	newFormToken(nowMs: number): string;
	/** Null where we never gave that token, or its day is over. */
	readFormToken(token: string, nowMs: number): { readonly ageMs: number } | null;
	/** The same form sent twice has the same receipt, so that nothing is lost or doubled where an answer did not arrive. */
	receiptOf(formToken: string): string;
	/** What the record keeps of a receipt: who has the record, and not the secret, can try no receipt against it. */
	hashReceipt(receipt: string): Uint8Array;
	/** What it kept of those that were given before: slow, so it is asked for only where somebody comes back. */
	formerHash(receipt: string): Promise<Uint8Array>;
	/** The same for one network on one day. */
	reporterOf(network: string, nowMs: number): Uint8Array;
	/** Kept so in the record: of no use without the portal's secret, or for anybody else. */
	seal(owner: string, secret: Uint8Array): Uint8Array;
	/** Null where it was not sealed so, by this secret and for that owner. */
	unseal(owner: string, sealed: Uint8Array): Uint8Array | null;
	readonly challenge: { readonly hmacSignatureSecret: string; readonly hmacKeySignatureSecret: string };
}

const formLifetimeMs = 24 * 3_600_000;
const dayMs = 24 * 3_600_000;
/** One MiB and about three milliseconds: what a receipt was hashed with before. */
const formerCost = { N: 1_024, r: 8, p: 1 } as const;
const hashBytes = 32;
const reporterBytes = 16;

export function createPortalSecrets(secret: string): PortalSecrets {
	const key = (purpose: string) => Buffer.from(hkdfSync("sha256", secret, "breakwater portal", purpose, hashBytes));
	const [forms, receipts, reporters] = [key("forms"), key("receipts"), key("reporters")];
	const [hashes, formerSalt] = [key("receipt hashes"), key("receipt salt")];
	const sign = (text: string) => createHmac("sha256", forms).update(text).digest("base64url").slice(0, 22);
	return {
		newFormToken(nowMs) {
			const body = `${randomBytes(16).toString("base64url")}.${Math.floor(nowMs).toString(36)}`;
			return `${body}.${sign(body)}`;
		},
		readFormToken(token, nowMs) {
			const match = /^([\w-]{22}\.([0-9a-z]{1,10}))\.([\w-]{22})$/.exec(token);
			const [, body, time, signature] = match ?? [];
			if (body === undefined || time === undefined || signature === undefined) return null;
			if (!timingSafeEqual(Buffer.from(sign(body)), Buffer.from(signature))) return null;
			const ageMs = nowMs - Number.parseInt(time, 36);
			return ageMs > formLifetimeMs ? null : { ageMs };
		},
		receiptOf(formToken) {
			const digest = createHmac("sha256", receipts).update(formToken).digest();
			return toReceipt(digest.readBigUInt64BE(0) % 10n ** 15n);
		},
		hashReceipt: (receipt) => createHmac("sha256", hashes).update(receipt).digest(),
		formerHash: (receipt) =>
			new Promise((resolve, reject) => {
				scrypt(receipt, formerSalt, hashBytes, formerCost, (error, hash) =>
					error === null ? resolve(hash) : reject(error),
				);
			}),
		reporterOf(network, nowMs) {
			const day = Math.floor(nowMs / dayMs);
			return createHmac("sha256", reporters).update(`${day}\n${network}`).digest().subarray(0, reporterBytes);
		},
		...seals(key("second factors")),
		challenge: {
			hmacSignatureSecret: key("challenge").toString("base64url"),
			hmacKeySignatureSecret: key("challenge key").toString("base64url"),
		},
	};
}

const sealing = { cipher: "aes-256-gcm", nonceBytes: 12, tagBytes: 16 } as const;

function seals(key: Buffer): Pick<PortalSecrets, "seal" | "unseal"> {
	const { cipher: name, nonceBytes, tagBytes } = sealing;
	return {
		seal(owner, secret) {
			const nonce = randomBytes(nonceBytes);
			const cipher = createCipheriv(name, key, nonce).setAAD(Buffer.from(owner));
			const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
			return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
		},
		unseal(owner, sealed) {
			if (sealed.length <= nonceBytes + tagBytes) return null;
			const decipher = createDecipheriv(name, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
			decipher.setAAD(Buffer.from(owner)).setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
			try {
				return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
			} catch {
				return null;
			}
		},
	};
}

/** What was configured; else what the data folder holds, made at the first start. Losing it makes every receipt unknown. */
export async function openPortalSecret(configured: string | null, dataDir: string): Promise<string> {
	if (configured !== null) return configured;
	const file = join(dataDir, "portal.secret");
	const fresh = `${file}.${randomBytes(6).toString("hex")}`;
	await writeFile(fresh, randomBytes(hashBytes).toString("base64url"), { mode: privateFile });
	try {
		// Whoever links first has made it; two that start at once agree on it.
		await link(fresh, file);
	} catch (error) {
		if (errorCode(error) !== "EEXIST") throw error;
	} finally {
		await rm(fresh, { force: true });
	}
	return (await readFile(file, "utf8")).trim();
}
