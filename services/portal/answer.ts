// Pages over HTTP: what every one of them is sent with.
import type { FastifyReply } from "fastify";
import type { Html } from "./html.ts";

const contentPolicy = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"connect-src 'self'",
	"worker-src 'self'",
	"base-uri 'none'",
	"form-action 'self'",
	"frame-ancestors 'none'",
].join("; ");

const headers = {
	"content-security-policy": contentPolicy,
	"permissions-policy": "camera=(), microphone=(), geolocation=(), clipboard-read=()",
	"content-type": "text/html; charset=utf-8",
};

export function sendPage(reply: FastifyReply, page: Html, status = 200): FastifyReply {
	return reply.status(status).headers(headers).send(page.toString());
}
