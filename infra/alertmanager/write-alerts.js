// The receiver that Compose has by default: writes each alert as a JSON line to a file, and to its log. Until somebody is told otherwise,
// nobody is told: see README.md.
import { appendFile } from "node:fs/promises";
import { createServer } from "node:http";

const [file = "/alerts/alerts.jsonl", port = "9095"] = process.argv.slice(2);
const mostBytes = 1 << 20;

const server = createServer(async (request, response) => {
	try {
		let body = "";
		for await (const chunk of request) {
			body += chunk;
			if (body.length > mostBytes) return response.writeHead(413).end();
		}
		const lines = JSON.parse(body).alerts.map(({ status, labels, annotations, startsAt, endsAt }) =>
			JSON.stringify({ at: new Date().toISOString(), status, labels, annotations, startsAt, endsAt }),
		);
		await appendFile(file, lines.map((line) => `${line}\n`).join(""));
		for (const line of lines) console.log(line);
		response.writeHead(204).end();
	} catch (error) {
		// Alertmanager tries again.
		console.error(error instanceof Error ? error.message : error);
		response.writeHead(500).end();
	}
});
server.listen(Number(port), () => console.log(`writes alerts to ${file}, from port ${server.address().port}`));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.close(() => process.exit(0)));
