// By its first bytes alone, whether a file holds other files or pages, and which kind of file it is. What is in it is found out in a process
// of its own. What begins as a picture is one (picture/files-behind.ts).
import { beginsAsPicture } from "./picture/picture-end.ts";

export interface ContainerType {
	readonly mediaType: string;
	readonly readBy: "archive" | "document" | "nobody";
}

const signatures: readonly (readonly [mediaType: string, at: number, bytes: string])[] = [
	["application/zip", 0, "PK\x03\x04"],
	["application/zip", 0, "PK\x05\x06"],
	["application/zip", 0, "PK\x07\x08"],
	["application/x-7z-compressed", 0, "7z\xbc\xaf\x27\x1c"],
	["application/x-rar-compressed", 0, "Rar!\x1a\x07"],
	["application/gzip", 0, "\x1f\x8b\x08"],
	["application/x-bzip2", 0, "BZh"],
	["application/x-xz", 0, "\xfd7zXZ\x00"],
	["application/vnd.ms-cab-compressed", 0, "MSCF"],
	["application/x-tar", 257, "ustar"],
];
/** Readers look for it in the first kibibyte (ISO 32000-1, annex H, note 13). */
export const pdfWithin = 1_024;
const oleSignature = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/** The stream that holds an Office file under a password (MS-OFFCRYPTO, 2.3.4), as a name in UTF-16. */
const encryptedPackage = Buffer.from("EncryptedPackage", "utf16le");

/** Null where it is none that is known here. */
export function containerTypeOf(bytes: Uint8Array): ContainerType | null {
	const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, pdfWithin));
	const latin1 = head.toString("latin1");
	if (beginsAsPicture(head)) return null;
	const found = signatures.find(([, at, signature]) => latin1.startsWith(signature, at));
	if (found !== undefined) return { mediaType: found[0], readBy: "archive" };
	if (latin1.includes("%PDF-")) return { mediaType: "application/pdf", readBy: "document" };
	return latin1.startsWith(oleSignature) ? { mediaType: "application/x-cfb", readBy: "nobody" } : null;
}

/** Why what nobody here can read is not read: some files of the old Office form hold nothing but an encrypted one. */
export function faultOfUnread(bytes: Uint8Array): "encrypted" | "not-an-image" {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return file.includes(encryptedPackage) ? "encrypted" : "not-an-image";
}
