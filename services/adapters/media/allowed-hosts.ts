/** `allowed` entries are host names; a leading `*.` allows subdomains, a `:port` another port than the scheme's own; `*` any host. */
export function isHostAllowed(url: URL, allowed: readonly string[]): boolean {
	const { hostname, port } = url;
	return allowed.some((entry) => {
		const [, name = "", wantedPort = ""] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
		if (entry === "*") return true;
		if (port !== wantedPort) return false;
		return name.startsWith("*.")
			? hostname.endsWith(name.slice(1)) && hostname.length > name.length - 1
			: hostname === name;
	});
}
