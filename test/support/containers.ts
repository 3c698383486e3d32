// Archives and documents for tests, made of what they shall hold.
import { crc32, deflateRawSync } from "node:zlib";

export interface ZipEntry {
	readonly name: string;
	readonly bytes: Uint8Array;
	/** The flag that says so, and bytes that nobody can read. */
	readonly isEncrypted?: boolean;
	/** What the header says of the unpacked size, where it lies. */
	readonly saysBytes?: number;
	/** What it is packed by (APPNOTE 4.4.5), and how, where it is not deflated. */
	readonly method?: number;
	readonly pack?: (bytes: Uint8Array) => Buffer;
}

export function zipOf(entries: readonly ZipEntry[]): Buffer {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let at = 0;
	for (const {
		name,
		bytes,
		isEncrypted = false,
		saysBytes = bytes.length,
		method = 8,
		pack = deflateRawSync,
	} of entries) {
		const packed = pack(bytes);
		const named = Buffer.from(name, "utf8");
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0);
		common.writeUInt16LE((isEncrypted ? 1 : 0) | 0x800, 2);
		common.writeUInt16LE(method, 4);
		common.writeUInt32LE(crc32(bytes), 10);
		common.writeUInt32LE(packed.length, 14);
		common.writeUInt32LE(saysBytes, 18);
		common.writeUInt16LE(named.length, 22);
		const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common, named, packed]);
		const offset = Buffer.alloc(14);
		offset.writeUInt32LE(at, 10);
		directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), common, offset, named]));
		parts.push(local);
		at += local.length;
	}
	const listed = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.write("PK\x05\x06", "latin1");
	end.writeUInt16LE(entries.length, 8);
	end.writeUInt16LE(entries.length, 10);
	end.writeUInt32LE(listed.length, 12);
	end.writeUInt32LE(at, 16);
	return Buffer.concat([...parts, listed, end]);
}

/** An Office file: a ZIP whose members describe one another, and pictures beside them. */
export function officeFileOf(pictures: readonly ZipEntry[]): Buffer {
	const part = (name: string, text: string): ZipEntry => ({ name, bytes: Buffer.from(text) });
	return zipOf([
		part(
			"[Content_Types].xml",
			'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
		),
		part("_rels/.rels", '<?xml version="1.0"?><Relationships/>'),
		part("word/document.xml", '<?xml version="1.0"?><document><p>Một đoạn văn.</p></document>'),
		...pictures.map((picture) => ({ ...picture, name: `word/media/${picture.name}` })),
	]);
}

export interface PdfPicture {
	readonly jpeg: Uint8Array;
	readonly width: number;
	readonly height: number;
	/** Inside so many drawings within one another. */
	readonly depth?: number;
}

/** A PDF of one picture a page, with a password where that is said (its dictionary alone: nobody can read it). */
export function pdfOf(pictures: readonly PdfPicture[], isEncrypted = false): Buffer {
	const objects: Buffer[] = [];
	const add = (dictionary: string, stream: Uint8Array | null = null) => {
		const body = stream === null ? [] : [Buffer.from("\nstream\n"), stream, Buffer.from("\nendstream")];
		objects.push(Buffer.concat([Buffer.from(dictionary), ...body]));
		return objects.length;
	};
	const pagesNumber = pictures.reduce((sum, { depth = 0 }) => sum + 3 + depth, 1);
	const pages = pictures.map(({ jpeg, width, height, depth = 0 }) => {
		let drawn = add(
			`<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length} >>`,
			jpeg,
		);
		let content = Buffer.from(`q ${width} 0 0 ${height} 0 0 cm /P Do Q`);
		for (let level = 0; level < depth; level += 1) {
			drawn = add(
				`<< /Type /XObject /Subtype /Form /BBox [0 0 ${width} ${height}] /Resources << /XObject << /P ${drawn} 0 R >> >> /Length ${content.length} >>`,
				content,
			);
			content = Buffer.from("/P Do");
		}
		const contents = add(`<< /Length ${content.length} >>`, content);
		return add(
			`<< /Type /Page /Parent ${pagesNumber} 0 R /MediaBox [0 0 ${width} ${height}] /Resources << /XObject << /P ${drawn} 0 R >> >> /Contents ${contents} 0 R >>`,
		);
	});
	add(`<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((page) => `${page} 0 R`).join(" ")}] >>`);
	const catalog = add(`<< /Type /Catalog /Pages ${pagesNumber} 0 R >>`);
	const filler = "00".repeat(32);
	const locked = isEncrypted
		? add(`<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <${filler}> /U <${filler}> >>`)
		: null;
	const encrypted = locked === null ? "" : ` /Encrypt ${locked} 0 R /ID [<00> <00>]`;
	return pdfFile(objects, `/Root ${catalog} 0 R${encrypted}`);
}

/** Objects by their numbers from 1 on, and what the trailer says of them. */
export function pdfFile(objects: readonly Uint8Array[], trailing: string): Buffer {
	const parts = [Buffer.from("%PDF-1.7\n")];
	const offsets: number[] = [];
	let at = parts[0]?.length ?? 0;
	for (const [number, object] of objects.entries()) {
		offsets.push(at);
		const written = Buffer.concat([Buffer.from(`${number + 1} 0 obj\n`), object, Buffer.from("\nendobj\n")]);
		parts.push(written);
		at += written.length;
	}
	const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
	const trailer = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} ${trailing} >>\nstartxref\n${at}\n%%EOF\n`;
	return Buffer.concat([...parts, Buffer.from(trailer)]);
}
