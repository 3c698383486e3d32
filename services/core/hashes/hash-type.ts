// What the catalogue's types are asked: what they are made of, how they are written and compared, how near is near. What a match means
// is decided in policy/.
import { z } from "zod";
import { hashCatalogue } from "./catalogue.ts";
import type { HashDeclaration, Radii } from "./hash-declaration.ts";

type Catalogue = typeof hashCatalogue;
export type HashType = keyof Catalogue;

// Object.keys answers texts; these are the catalogue's own.
export const hashTypes = Object.keys(hashCatalogue) as [HashType, ...HashType[]];
export const hashType = z.enum(hashTypes);

type TypesWith<Part extends Partial<HashDeclaration>> = {
	[T in HashType]: Catalogue[T] extends Part ? T : never;
}[HashType];
export type FileHashType = TypesWith<{ readonly of: "file" }>;
export type PictureHashType = TypesWith<{ readonly of: "picture" }>;
export type TextHashType = TypesWith<{ readonly of: "text" }>;
export type NearHashType = TypesWith<{ readonly comparison: "near" }>;

export function declarationOf(type: HashType): HashDeclaration {
	return hashCatalogue[type];
}

export function hashBitsOf(type: HashType): number {
	return hashCatalogue[type].bits;
}

/** Whether hashes of the type are compared by distance. */
export function isNear(type: HashType): type is NearHashType {
	return hashCatalogue[type].comparison === "near";
}

export function isOfFiles(type: HashType): type is FileHashType {
	return hashCatalogue[type].of === "file";
}

export function isOfPictures(type: HashType): type is PictureHashType {
	return hashCatalogue[type].of === "picture";
}

export function isOfTexts(type: HashType): type is TextHashType {
	return hashCatalogue[type].of === "text";
}

export const fileHashTypes: readonly FileHashType[] = hashTypes.filter(isOfFiles);
export const pictureHashTypes: readonly PictureHashType[] = hashTypes.filter(isOfPictures);
export const textHashTypes: readonly TextHashType[] = hashTypes.filter(isOfTexts);

/** Whether an item is asked for the parts that a hash is made of. */
export function isOfParts(type: HashType): boolean {
	return hashCatalogue[type].comparison === "parts";
}

const exactly: Radii = { tightRadiusBits: 0, wideRadiusBits: 0 };

/** How far a match of the type may be in a bank: strong, and at all. */
export function radiiOf(type: HashType, bank: Radii): Radii {
	if (hashCatalogue[type].comparison === "exact") return exactly;
	const { tightRadiusBits, wideRadiusBits } = declarationOf(type).radii ?? bank;
	return { tightRadiusBits, wideRadiusBits };
}
