import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface MenuProps {
	readonly class: string;
	readonly label: string;
	/** Whether the screen that is open is one of its links. */
	readonly isCurrent?: boolean;
	readonly children: ComponentChildren;
}

/** Opens beneath its label. Escape, another screen, and a press or the focus elsewhere on the page close it. */
export function Menu({ class: kind, label, isCurrent = false, children }: MenuProps) {
	const menu = useRef<HTMLDetailsElement>(null);
	useEffect(() => {
		const close = () => menu.current?.removeAttribute("open");
		const closeFor = ({ target }: Event) => {
			if (target instanceof Node && !menu.current?.contains(target)) close();
		};
		document.addEventListener("pointerdown", closeFor);
		document.addEventListener("focusin", closeFor);
		window.addEventListener("hashchange", close);
		return () => {
			document.removeEventListener("pointerdown", closeFor);
			document.removeEventListener("focusin", closeFor);
			window.removeEventListener("hashchange", close);
		};
	}, []);
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key !== "Escape" || menu.current?.open !== true) return;
		// The screen beneath would go back.
		event.stopPropagation();
		menu.current.open = false;
		menu.current.querySelector("summary")?.focus();
	};
	return (
		<details class={`menu ${kind}`} ref={menu} onKeyDown={onKeyDown}>
			<summary aria-current={isCurrent ? "true" : undefined}>{label}</summary>
			<div class="menu-list">{children}</div>
		</details>
	);
}
