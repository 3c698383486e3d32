// Compiles every *.wat under services/ into <name>-bytes.ts beside it. Usage: node infra/build/make-kernels.js [--check]
// With --check it writes nothing, and fails where a text and its bytes differ.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import wabtInit from "wabt";

const isCheck = process.argv.includes("--check");
const wabt = await wabtInit();
const texts = readdirSync("services", { recursive: true }).filter((path) => path.endsWith(".wat"));
for (const path of texts) {
	const source = join("services", path);
	const target = source.replace(/\.wat$/, "-bytes.ts");
	const module = wabt.parseWat(source, readFileSync(source, "utf8"), { simd: true, bulk_memory: true });
	const base64 = Buffer.from(module.toBinary({}).buffer).toString("base64");
	const name = basename(source, ".wat").replace(/-(.)/g, (_, letter) => letter.toUpperCase());
	const code = `// Made from ${basename(source)} by infra/build/make-kernels.js; do not edit.\nexport const ${name}Bytes =\n\t"${base64}";\n`;
	if (!isCheck) writeFileSync(target, code);
	else if (readFileSync(target, "utf8") !== code) {
		process.stderr.write(`${target} is not what ${source} compiles to: run node infra/build/make-kernels.js\n`);
		process.exitCode = 1;
	}
}
