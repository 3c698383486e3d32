import { render } from "preact";
import { listenForKeys } from "./keys/use-keys.ts";
import { App } from "./shell/app.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
listenForKeys();
// Pictures are drawn on a canvas; without this the browser offers to save what is on it.
document.addEventListener("contextmenu", (event) => {
	if (event.target instanceof HTMLCanvasElement) event.preventDefault();
});
render(<App />, root);
