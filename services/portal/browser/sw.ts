// Keeps the help pages: once one of them was opened, all can be read without a network. Nothing else is kept, above all nothing that
// somebody reported.
declare const self: ServiceWorkerGlobalScope;

const name = "help-1";
const pages = ["", "/en"].flatMap((prefix) =>
	["/help", "/help/children", "/help/parents", "/help/teachers"].map((page) => `${prefix}${page}`),
);
const kept = new Set([...pages, "/assets/portal.css", "/assets/portal.js"]);

self.addEventListener("install", (event) => {
	event.waitUntil(
		caches
			.open(name)
			.then((cache) => cache.addAll([...kept]))
			.then(() => self.skipWaiting()),
	);
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/** The network first: what is kept is for when there is none. */
async function answer(request: Request): Promise<Response> {
	const cache = await caches.open(name);
	try {
		const fresh = await fetch(request);
		if (fresh.ok) await cache.put(request, fresh.clone());
		return fresh;
	} catch (error) {
		const held = await cache.match(request);
		if (held === undefined) throw error;
		return held;
	}
}

self.addEventListener("fetch", (event) => {
	const { request } = event;
	if (request.method !== "GET" || !kept.has(new URL(request.url).pathname)) return;
	event.respondWith(answer(request));
});

export {};
