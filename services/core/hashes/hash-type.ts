// What types of hash are asked: what they are made of, how they are written and compared, how near is near. What a match means
// is decided in policy/.
import { z } from "zod";
import { hashCatalogue } from "./catalogue.ts";
import type { HashDeclaration, Radii } from "./hash-declaration.ts";

type Catalogue = typeof hashCatalogue;
export type HashType = keyof Catalogue;

/** Every type there is: those of the catalogue, and those that composition declares ({@link declareTextHash}). A type that a parser let through is one. */
const declarations: Record<HashType, HashDeclaration> = { ...hashCatalogue };
// Object.keys answers texts; these are the catalogue's own.
const declared = Object.keys(hashCatalogue) as HashType[];

export const hashTypes: readonly HashType[] = declared;
const isDeclared = (name: unknown): boolean => hashTypes.some((type) => type === name);
export const hashType = z
	.custom<HashType>(isDeclared, { error: () => `must be one of ${hashTypes.join(", ")}` })
	.meta({ type: "string", enum: hashTypes });

type TypesWith<Part extends Partial<HashDeclaration>> = {
	[T in HashType]: Catalogue[T] extends Part ? T : never;
}[HashType];
export type FileHashType = TypesWith<{ readonly of: "file" }>;
export type PictureHashType = TypesWith<{ readonly of: "picture" }>;
export type TextHashType = TypesWith<{ readonly of: "text" }>;
export type LinkHashType = TypesWith<{ readonly of: "link" }>;
export type NearHashType = TypesWith<{ readonly comparison: "near" }>;

export function declarationOf(type: HashType): HashDeclaration {
	return declarations[type];
}

export function hashBitsOf(type: HashType): number {
	return declarations[type].bits;
}

/** Whether hashes of the type are compared by distance. */
export function isNear(type: HashType): type is NearHashType {
	return declarations[type].comparison === "near";
}

export function isOfFiles(type: HashType): type is FileHashType {
	return declarations[type].of === "file";
}

export function isOfPictures(type: HashType): type is PictureHashType {
	return declarations[type].of === "picture";
}

export function isOfTexts(type: HashType): type is TextHashType {
	return declarations[type].of === "text";
}

export function isOfLinks(type: HashType): type is LinkHashType {
	return declarations[type].of === "link";
}

export function isOfTerms(type: HashType): boolean {
	return declarations[type].of === "term";
}

/** Those whose hashes name what is kept beside them. */
export const frameTypes: readonly HashType[] = hashTypes.filter(isOfFrames);

/** Whether it is of what is heard of a file, whatever is seen meanwhile. */
export function isOfSounds(type: HashType): boolean {
	return declarations[type].of === "sound";
}

/** Whether it is of something that a text holds, and not of an item itself: many texts hold the same, for many reasons. */
export function isWithinTexts(type: HashType): boolean {
	return isOfLinks(type) || isOfTerms(type);
}

export const fileHashTypes: readonly FileHashType[] = hashTypes.filter(isOfFiles);
export const pictureHashTypes: readonly PictureHashType[] = hashTypes.filter(isOfPictures);
export const linkHashTypes: readonly LinkHashType[] = hashTypes.filter(isOfLinks);
export const termHashTypes: readonly HashType[] = hashTypes.filter(isOfTerms);
const textTypes = hashTypes.filter(isOfTexts);
export const textHashTypes: readonly TextHashType[] = textTypes;

export type TextHashDeclaration = HashDeclaration & { readonly of: "text" };

/** Adds a type that is not of the catalogue, for as long as the process runs; before anything is composed that asks for types. */
export function declareTextHash(name: string, declaration: TextHashDeclaration): TextHashType {
	const type = name as TextHashType;
	if (isDeclared(name)) {
		if (declarations[type] === declaration) return type;
		throw new Error(`there is a type of hash called ${name} already`);
	}
	declarations[type] = declaration;
	declared.push(type);
	textTypes.push(type);
	return type;
}

/** Whether what it names, and not itself, is compared: the frames of a video. */
export function isOfFrames(type: HashType): boolean {
	return declarations[type].comparison === "frames";
}

/** Whether a match says how far apart the two are. */
export function hasDistance(type: HashType): boolean {
	return isNear(type) || isOfFrames(type);
}

/** Whether an item is asked for the parts that a hash is made of. */
export function isOfParts(type: HashType): boolean {
	return declarations[type].comparison === "parts";
}

const exactly: Radii = { tightRadiusBits: 0, wideRadiusBits: 0 };

/** How far a match of the type may be in a bank: strong, and at all. */
export function radiiOf(type: HashType, bank: Radii): Radii {
	if (declarations[type].comparison === "exact") return exactly;
	const { tightRadiusBits, wideRadiusBits } = declarationOf(type).radii ?? bank;
	return { tightRadiusBits, wideRadiusBits };
}
