// Reads multipart/form-data (RFC 7578) from a body that has arrived whole: parts are views of it, so a file is never copied.

export interface FormFile {
	readonly field: string;
	readonly bytes: Uint8Array;
}

export class Form {
	readonly files: readonly FormFile[];
	readonly fields: ReadonlyMap<string, string>;

	constructor(files: readonly FormFile[], fields: ReadonlyMap<string, string>) {
		this.files = files;
		this.fields = fields;
	}
}

/** More parts than any client sends; what follows them is not read. */
const mostParts = 64;

/** What is not such a form reads as an empty one, as with HMA. */
export function readForm(body: Buffer, contentType: string): Form {
	const files: FormFile[] = [];
	const fields = new Map<string, string>();
	const boundary = boundaryOf(contentType);
	if (boundary === null) return new Form(files, fields);
	const delimiter = Buffer.from(`\r\n--${boundary}`, "latin1");
	const first = delimiter.subarray(2);
	let at = body.subarray(0, first.length).equals(first) ? first.length : after(body, delimiter, 0);
	for (let parts = 0; at !== -1 && parts < mostParts; parts += 1) {
		// Two dashes close the form; otherwise a line end, after what white space there is.
		const lineEnd = body.indexOf("\r\n", at, "latin1");
		if (lineEnd === -1 || body.subarray(at, at + 2).equals(dashes)) break;
		// A part without headers has its empty line at once.
		const headersEnd = body.indexOf("\r\n\r\n", lineEnd, "latin1");
		const end = headersEnd === -1 ? -1 : body.indexOf(delimiter, headersEnd + 2);
		if (end === -1) break;
		const { name, isFile } = disposition(body.toString("utf8", lineEnd + 2, headersEnd));
		const bytes = body.subarray(Math.min(headersEnd + 4, end), end);
		if (name !== null && isFile) files.push({ field: name, bytes });
		else if (name !== null) fields.set(name, bytes.toString("utf8"));
		at = end + delimiter.length;
	}
	return new Form(files, fields);
}

const dashes = Buffer.from("--", "latin1");

function after(body: Buffer, delimiter: Buffer, from: number): number {
	const found = body.indexOf(delimiter, from);
	return found === -1 ? -1 : found + delimiter.length;
}

function boundaryOf(contentType: string): string | null {
	const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType) ?? [];
	return quoted ?? plain ?? null;
}

function disposition(headers: string): { readonly name: string | null; readonly isFile: boolean } {
	const line = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(headers)?.[1] ?? "";
	const name = /(?:^|;)\s*name="((?:[^"\\]|\\.)*)"/i.exec(line)?.[1] ?? /(?:^|;)\s*name=([^\s;"]+)/i.exec(line)?.[1];
	return { name: name?.replace(/\\(["\\])/g, "$1") ?? null, isFile: /(?:^|;)\s*filename\*?=/i.test(line) };
}
