// A secret from a person: typed without being shown, or piped.

/** The prompt goes to standard error. Throws where the person gives up. */
export async function readSecret(prompt: string): Promise<string> {
	if (!process.stdin.isTTY) return readPiped();
	process.stderr.write(prompt);
	process.stdin.setRawMode(true);
	process.stdin.setEncoding("utf8");
	try {
		let text = "";
		for await (const typed of process.stdin) {
			for (const key of String(typed)) {
				if (key === "\r" || key === "\n") return text;
				if (key === "\u0003" || key === "\u0004") throw new Error("given up");
				text = key === "\u007f" || key === "\b" ? text.slice(0, -1) : text + key;
			}
		}
		throw new Error("given up");
	} finally {
		process.stdin.setRawMode(false);
		process.stderr.write("\n");
	}
}

async function readPiped(): Promise<string> {
	let text = "";
	for await (const chunk of process.stdin.setEncoding("utf8")) text += String(chunk);
	return text.replace(/\r?\n$/, "");
}
