// Uploads that come in parts, in a folder of this process's user alone: of each a file with the bytes so far, and a note with what is known of it.
import { createReadStream, createWriteStream } from "node:fs";
import { readdir, readFile, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DataStore, ERRORS, Upload } from "@tus/server";
import { z } from "zod";
import { errorCode } from "../../runtime/error-code.ts";
import { openPrivateFolder, privateFile } from "../../runtime/private-folder.ts";

const note = z.object({
	size: z.int().min(0),
	metadata: z.record(z.string(), z.string().nullable()),
	createdAt: z.iso.datetime(),
	/** Its bytes are in the media store, and its event on the stream. */
	isTaken: z.boolean(),
});
type Note = z.infer<typeof note>;

export interface KeptUpload extends Note {
	readonly id: string;
	readonly offset: number;
}

/** A platform's name and a number of its own: nothing else is a file's name. */
const idForm = /^[a-z0-9][a-z0-9-]{0,62}\.[0-9a-f-]{36}$/;
const noteEnding = ".json";
/** The end of a note's name while it is written. */
const unfinished = ".part";

export class UploadFolder extends DataStore {
	override readonly extensions = ["creation", "creation-with-upload", "termination", "expiration"];
	readonly #folder: string;
	readonly #keptMs: number;
	/** Ids of those that are not taken: few beside those of a day, whose notes nobody reads for each new one. */
	#untaken: Promise<Set<string>> | null = null;

	constructor(folder: string, keptMs: number) {
		super();
		this.#folder = folder;
		this.#keptMs = keptMs;
	}

	override async create(upload: Upload): Promise<Upload> {
		await openPrivateFolder(this.#folder);
		const createdAt = upload.creation_date ?? new Date().toISOString();
		const { id, size = 0, metadata = {} } = upload;
		const untaken = await this.#untakenIds();
		await writeFile(this.#pathOf(id), "", { mode: privateFile, flag: "wx" });
		try {
			await this.#write(id, { size, metadata, createdAt, isTaken: false });
		} catch (error) {
			// Nobody will ask for it: its sender was told of none.
			await this.remove(id);
			throw error;
		}
		untaken.add(id);
		upload.creation_date = createdAt;
		return upload;
	}

	/** What arrived stays, however it ends. */
	override async write(bytes: Readable, id: string, offset: number): Promise<number> {
		const path = this.#pathOf(id);
		await pipeline(bytes, createWriteStream(path, { flags: "r+", start: offset, flush: true }));
		return (await stat(path)).size;
	}

	override async getUpload(id: string): Promise<Upload> {
		const { size, offset, metadata, createdAt } = await this.find(id);
		return new Upload({ id, size, offset, metadata, creation_date: createdAt });
	}

	override async remove(id: string): Promise<void> {
		await rm(this.#pathOf(id), { force: true });
		await rm(this.#pathOf(id) + noteEnding, { force: true });
		await rm(this.#pathOf(id) + noteEnding + unfinished, { force: true });
		(await this.#untakenIds()).delete(id);
	}

	override getExpiration(): number {
		return this.#keptMs;
	}

	/** Throws as the library wants it where there is none. */
	async find(id: string): Promise<KeptUpload> {
		const path = this.#pathOf(id);
		const text = await readFile(path + noteEnding, "utf8").catch((error: unknown) => {
			if (errorCode(error) === "ENOENT") throw ERRORS.FILE_NOT_FOUND;
			throw error;
		});
		const kept = note.parse(JSON.parse(text));
		return { ...kept, id, offset: kept.isTaken ? kept.size : (await stat(path)).size };
	}

	read(id: string): Readable {
		return createReadStream(this.#pathOf(id));
	}

	/** Its bytes go; that it was complete is still told to who asks. */
	async markTaken(id: string): Promise<void> {
		const { size, metadata, createdAt } = await this.find(id);
		await this.#write(id, { size, metadata, createdAt, isTaken: true });
		await truncate(this.#pathOf(id));
		(await this.#untakenIds()).delete(id);
	}

	/** How many of these are not taken yet. */
	async countUntaken(isCounted: (id: string) => boolean): Promise<number> {
		return [...(await this.#untakenIds())].filter(isCounted).length;
	}

	/** Those that are not taken yet. */
	async listUntaken(): Promise<readonly KeptUpload[]> {
		return this.#findAll([...(await this.#untakenIds())]);
	}

	/** Every one there is: as many notes are read as uploads came within a day. */
	async list(): Promise<readonly KeptUpload[]> {
		const names = await readdir(this.#folder).catch((error: unknown) => {
			if (errorCode(error) === "ENOENT") return [];
			throw error;
		});
		return this.#findAll(
			names.filter((name) => name.endsWith(noteEnding)).map((name) => name.slice(0, -noteEnding.length)),
		);
	}

	#untakenIds(): Promise<Set<string>> {
		this.#untaken ??= this.list().then(
			(all) => new Set(all.filter(({ isTaken }) => !isTaken).map(({ id }) => id)),
			(error: unknown) => {
				this.#untaken = null;
				throw error;
			},
		);
		return this.#untaken;
	}

	async #findAll(ids: readonly string[]): Promise<readonly KeptUpload[]> {
		const found: KeptUpload[] = [];
		// One that is removed meanwhile is none.
		for (const id of ids)
			found.push(
				...(await this.find(id).then(
					(one) => [one],
					() => [],
				)),
			);
		return found;
	}

	async #write(id: string, kept: Note): Promise<void> {
		const path = this.#pathOf(id) + noteEnding;
		await writeFile(path + unfinished, JSON.stringify(kept), { mode: privateFile, flush: true });
		await rename(path + unfinished, path);
	}

	#pathOf(id: string): string {
		if (!idForm.test(id)) throw ERRORS.FILE_NOT_FOUND;
		return join(this.#folder, id);
	}
}
