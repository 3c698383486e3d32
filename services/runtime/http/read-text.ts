/** The whole of an answer's body as a text. Throws where it has more bytes than `most`, and reads no further. */
export async function readText(body: AsyncIterable<Uint8Array>, most: number): Promise<string> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of body) {
		size += chunk.length;
		if (size > most) throw new Error(`more than ${most} bytes`);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString("utf8");
}
