// By its first bytes alone, whether a file holds other files or pages, and which kind of file it is. What is in it is found out in a process
// of its own. What begins as a picture is one (picture/files-behind.ts).
import { beginsAsPicture } from "./picture/picture-end.ts";
import { pdfWithin, signature, tarAt } from "./signatures.ts";
import { beginsAsZstandard } from "./zstandard-frames.ts";

export interface ContainerType {
	readonly mediaType: string;
	readonly readBy: "archive" | "document" | "nobody";
}

const archives: readonly (readonly [mediaType: string, at: number, bytes: string])[] = [
	["application/zip", 0, signature.zipEntry],
	["application/zip", 0, signature.zipEnd],
	["application/zip", 0, signature.zipInParts],
	["application/x-7z-compressed", 0, signature.sevenZip],
	["application/x-rar-compressed", 0, signature.rar],
	["application/gzip", 0, signature.gzip],
	["application/x-bzip2", 0, signature.bzip2],
	["application/x-xz", 0, signature.xz],
	["application/vnd.ms-cab-compressed", 0, signature.cabinet],
	["application/x-tar", tarAt, signature.tar],
];
export const zstandardType = "application/zstd";
/** The stream that holds an Office file under a password (MS-OFFCRYPTO, 2.3.4), as a name in UTF-16. */
const encryptedPackage = Buffer.from("EncryptedPackage", "utf16le");

/** Null where it is none that is known here. */
export function containerTypeOf(bytes: Uint8Array): ContainerType | null {
	const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, pdfWithin));
	const latin1 = head.toString("latin1");
	if (beginsAsPicture(head)) return null;
	const found = archives.find(([, at, bytes]) => latin1.startsWith(bytes, at));
	if (found !== undefined) return { mediaType: found[0], readBy: "archive" };
	if (beginsAsZstandard(bytes)) return { mediaType: zstandardType, readBy: "archive" };
	if (latin1.includes(signature.pdf)) return { mediaType: "application/pdf", readBy: "document" };
	return latin1.startsWith(signature.ole) ? { mediaType: "application/x-cfb", readBy: "nobody" } : null;
}

/** Why what nobody here can read is not read: some files of the old Office form hold nothing but an encrypted one. */
export function faultOfUnread(bytes: Uint8Array): "encrypted" | "not-an-image" {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return file.includes(encryptedPackage) ? "encrypted" : "not-an-image";
}
