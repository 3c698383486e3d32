import { hashOf } from "../shell/route.ts";

export function BankLink({ name }: { readonly name: string }) {
	return <a href={hashOf({ name: "bank", bank: name })}>{name}</a>;
}
