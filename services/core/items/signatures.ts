// The bytes by which files are told apart, in Latin-1; whether they are enough is said where they are looked for.

export const signature = {
	...{ jpeg: "\xff\xd8\xff", png: "\x89PNG\r\n\x1a\n", gif: "GIF8" },
	...{ fileType: "ftyp", riff: "RIFF", ebml: "\x1a\x45\xdf\xa3" },
	...{ zipEntry: "PK\x03\x04", zipDirectory: "PK\x01\x02", zipEnd: "PK\x05\x06", zipInParts: "PK\x07\x08" },
	...{ sevenZip: "7z\xbc\xaf\x27\x1c", rar: "Rar!\x1a\x07", cabinet: "MSCF", tar: "ustar" },
	...{ gzip: "\x1f\x8b\x08", bzip2: "BZh", xz: "\xfd7zXZ\x00", zstandard: "\x28\xb5\x2f\xfd" },
	...{ pdf: "%PDF-", ole: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" },
} as const;

/** All others stand at the very beginning (`fileType` behind its box's size). */
export const tarAt = 257;
/** Readers look for a PDF in the first kibibyte (ISO 32000-1, annex H, note 13). */
export const pdfWithin = 1_024;
