// Files that are no bank file, and what to say to whoever has one. What exchanges give in formats of their own is named until it is read.
import { fileTypeFromBuffer } from "file-type";
import type { OpenedText } from "./open-text.ts";

const asCsv = "such are not read yet: make a CSV of it with the columns type,hash";

/** The first that fits. `pattern` is looked for in the file's beginning. */
const texts: readonly { readonly pattern: RegExp; readonly is: string }[] = [
	{
		pattern: /^<[\s\S]*hashsharing|^<queryResult\b|^\{[\s\S]*"(queryResult|deletedImage)"\s*:/i,
		is: `an NCMEC hash list; ${asCsv}`,
	},
	{
		pattern: /^[<{][\s\S]*VICSDATAMODEL|^\{\s*"@?odata\.|^[{[][\s\S]*"(?:MediaID|MediaSize)"\s*:/i,
		is: `a Project VIC hash set; ${asCsv}`,
	},
	{ pattern: /^\{[\s\S]*"hashRecords"\s*:/, is: `a StopNCII hash list; ${asCsv}` },
	{ pattern: /^[[{][\s\S]*"hash_digest"\s*:/, is: `a Tech Against Terrorism hash list; ${asCsv}` },
	{ pattern: /^\{\s*"(?:Event|response)"\s*:[\s\S]*"Attribute"\s*:/, is: `a MISP event; ${asCsv}` },
	{ pattern: /^\{[\s\S]*"type"\s*:\s*"(?:bundle|indicator)"/, is: `a STIX bundle; ${asCsv}` },
	{
		pattern: /^\{\s*"(?:errors?|fault|message|detail)"\s*:(?![\s\S]*"data"\s*:)/i,
		is: "an error that a service answered, and no list; ask it again",
	},
	{
		pattern: /^\[\s*"[^",]*"\s*[,\]]/,
		is: "a JSON list of plain strings; write them one a line, without brackets and quotes",
	},
	{
		pattern: /^\{[\s\S]*"threat_updates"\s*:/,
		is: "a state file of the threatexchange program, which is not read; give the pages of the API themselves, or a CSV",
	},
	{
		pattern: /^(?:<!--[\s\S]{0,2000}?-->\s*)?<(?:!doctype html|html|head|body|table|div|pre|ul|ol|p)\b/i,
		is: "a web page, perhaps the login that a download led to; download the list again",
	},
	{ pattern: /^</, is: `XML; ${asCsv}` },
	{ pattern: /^(?:\[\[?[\w.-]+\]\]?\s*\r?\n|\[\[?[\w.-]+\]\]?$)/, is: `a settings file (INI or TOML); ${asCsv}` },
	{
		pattern: /^(?:(?:From|To|Subject|Date|Received|Return-Path|Delivered-To|MIME-Version|Message-ID): .*\r?\n){2}/i,
		is: "an e-mail; save the list that is attached to it or written in it",
	},
	{ pattern: /^(?:INSERT INTO|CREATE TABLE|BEGIN;|SET [a-z_]+ =|-- )/i, is: `a dump of a database (SQL); ${asCsv}` },
	{ pattern: /^-----BEGIN PGP MESSAGE/, is: "encrypted with OpenPGP; decrypt it first (gpg --decrypt)" },
	{
		pattern: /^age-encryption\.org\/|^-----BEGIN AGE ENCRYPTED/,
		is: "encrypted with age; decrypt it first (age --decrypt)",
	},
	{ pattern: /^Salted__/, is: "encrypted with OpenSSL; decrypt it first (openssl enc -d)" },
	{ pattern: /^-----BEGIN PGP SIGNED/, is: "signed with OpenPGP; take the signature off first (gpg --decrypt)" },
	{ pattern: /^-----BEGIN /, is: "a key or a certificate, not a list of hashes" },
	{
		// A name, or a path that no address has; what ends so, and has a host before it, is an address.
		pattern:
			/^(?:(?:\.{0,2}|[a-z]:)[\\/](?:[^\r\n:,;\t|]*[\\/])?)?[^\s\\/:,;|]+\.(?:jpe?g|png|gif|webp|heic|avif|bmp|tiff?|mp4|avi|mkv|webm|3gp|pdf|docx?|xlsx?|txt|csv|json)[ \t]*(?:\r?\n|$)/i,
		is: "a list of file names, and of no hashes; sha256sum and md5sum make one",
	},
	{ pattern: /^%PDF-/, is: "a PDF; save its table as CSV" },
	{
		pattern: /^%%%% HASHDEEP/,
		is: "what hashdeep prints; leave out the lines that begin with # and the first, and the %%%% of the second",
	},
	{
		// SFV and cfv (name, sum), crc32 and rhash (sum, name), BSD's, cksum (sum in decimal, size, name).
		pattern:
			/^(?:;.*\r?\n\s*)*(?:(?!\d+\.\d+\.\d+\.\d+ |\\?[0-9a-f]{32})\S.*\.\w{1,8} [0-9a-f]{8}[ \t]*(?:\r?\n|$)|[0-9a-f]{8}(?:\t| [ *])\S|CRC-?32C? ?\(|\d{1,10} \d+ \S)/i,
		is: "a list of checksums (CRC-32), which tell whether a file is whole, and find nothing here; make one with sha256sum or md5sum",
	},
	{ pattern: /^\S+ hash of .*:\r?\n/, is: "what certutil prints; keep only the lines that are a hash" },
	{
		pattern: /^Algorithm\s+Hash\s+Path\s*\n-+/,
		is: "what PowerShell shows on a screen; write it with: Get-FileHash * | Export-Csv -NoTypeInformation hashes.csv",
	},
	{ pattern: /^(?:---\r?\n|- \w+:|\w+:[ \t]*\r?\n\s*- )/, is: `YAML; ${asCsv}` },
	{
		pattern: /^(?:[a-z0-9+/]{192}|[0-9a-f]{288})\s*$/im,
		is: "a list of PhotoDNA hashes, which are not read here; ask for the same list with MD5, SHA-1 or PDQ",
	},
	{ pattern: /^\{\\rtf/, is: "a text document (RTF); save it as plain text" },
];

const spreadsheets = new Set(["xlsx", "xls", "ods", "numbers", "cfb", "xlsm", "xltx"]);
const packed = new Set(["zip", "gz", "7z", "rar", "bz2", "xz", "zst", "tar", "lz", "lz4", "Z", "tar.gz"]);

/** Null where nothing speaks against reading it. */
export async function describeForeign({ headBytes, head, encoding }: OpenedText): Promise<string | null> {
	const binary = encoding === "UTF-8" ? await describeBinary(headBytes, head) : null;
	const start = head.trimStart();
	return binary ?? texts.find(({ pattern }) => pattern.test(start))?.is ?? null;
}

async function describeBinary(bytes: Uint8Array, text: string): Promise<string | null> {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: what no text has.
	if (!/[\0-\x08\x0e-\x1f\ufffd]/.test(text)) return null;
	const found = await fileTypeFromBuffer(bytes);
	if (found === undefined) return text.slice(0, 512).includes("\0") ? "not a text; give CSV, JSON lines or JSON" : null;
	if (spreadsheets.has(found.ext)) return `a spreadsheet (${found.ext}); save the sheet as CSV`;
	if (packed.has(found.ext)) return `packed (${found.ext}); unpack it first`;
	if (found.mime.startsWith("image/")) return `a picture (${found.ext}); \`breakwater bank add\` takes pictures`;
	return `a file of type ${found.mime}; give CSV, JSON lines or JSON`;
}
