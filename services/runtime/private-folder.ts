// Folders whose content no other user of the machine may read: uploads, evidence, the record, what the banks know. Whatever is made in
// them is made private as well; this looks after the folder itself, through which others would have to pass.
import { chmod, lstat, mkdir } from "node:fs/promises";

/** For whatever is made in such a folder. */
export const privateFile = 0o600;
export const privateDirectory = 0o700;
/** Whoever knows a name in it gets that far; nobody sees what there is. */
export const passableDirectory = 0o711;

const shared = 0o1000;

/**
 * Makes the folder, or takes the rights of others away from it. Answers false where it stays open to them because it belongs to
 * somebody else (a volume that was mounted) or to everybody (/tmp).
 */
export async function openPrivateFolder(folder: string, mode = privateDirectory): Promise<boolean> {
	await mkdir(folder, { recursive: true, mode });
	const { mode: found, uid } = await lstat(folder);
	if ((found & 0o777) === mode) return true;
	const self = process.getuid?.() ?? uid;
	if ((found & shared) !== 0 || (self !== uid && self !== 0)) return (found & 0o777 & ~mode) === 0;
	await chmod(folder, mode);
	return true;
}
