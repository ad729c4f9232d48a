// SPDX-License-Identifier: Apache-2.0
// Official TypeScript clients against a running gateway:
//   node clients.mjs URL TOKEN TOOL ARGUMENTS
// Each client lists the tools, calls TOOL with ARGUMENTS (JSON), checks that structured content and text agree, and is
// refused with a wrong token. One JSON line a client on standard output; exit code 1 when any of it fails.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const [url, token, tool, args] = process.argv.slice(2);
const me = { name: 'tollgate-interop', version: '1' };
const withToken = (bearer) => ({ requestInit: { headers: { Authorization: `Bearer ${bearer}` } } });

const clients = {
    '2.4.0 modern': (bearer) => [
        new Client(me, { versionNegotiation: { mode: { pin: '2026-07-28' } } }),
        new StreamableHTTPClientTransport(new URL(url), withToken(bearer)),
    ],
    '2.4.0 auto': (bearer) => [
        new Client(me, { versionNegotiation: { mode: 'auto' } }),
        new StreamableHTTPClientTransport(new URL(url), withToken(bearer)),
    ],
    '2.4.0 legacy': (bearer) => [
        new Client(me),
        new StreamableHTTPClientTransport(new URL(url), withToken(bearer)),
    ],
    '1.32.2': (bearer) => [new OldClient(me), new OldTransport(new URL(url), withToken(bearer))],
};

async function connected(make, bearer) {
    const [client, transport] = make(bearer);
    await client.connect(transport);
    return client;
}

async function tried(name, make) {
    const client = await connected(make, token);
    try {
        const tools = (await client.listTools()).tools.map((listed) => listed.name);
        const result = await client.callTool({ name: tool, arguments: JSON.parse(args) });
        const text = result.content[0].text;
        const agree = JSON.stringify(JSON.parse(text)) === JSON.stringify(result.structuredContent);
        const version = client.getNegotiatedProtocolVersion?.() ?? client.transport?.protocolVersion ?? 'unknown';
        return { client: name, version, tools, isError: result.isError === true, agree };
    } finally {
        await client.close();
    }
}

async function refused(make) {
    try {
        const client = await connected(make, 'not-a-token');
        await client.listTools();
        return false;
    } catch {
        return true;
    }
}

let failed = false;
for (const [name, make] of Object.entries(clients)) {
    let line;
    try {
        line = { ...(await tried(name, make)), wrongTokenRefused: await refused(make) };
        failed ||= line.isError || !line.agree || !line.tools.includes(tool) || !line.wrongTokenRefused;
    } catch (error) {
        line = { client: name, failed: String(error?.message ?? error) };
        failed = true;
    }
    console.log(JSON.stringify(line));
}
process.exit(failed ? 1 : 0);
