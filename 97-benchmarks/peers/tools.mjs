// SPDX-License-Identifier: Apache-2.0
// The tool that every peer serves: it answers what Tollgate answered for the same call in the same run.
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const answer = JSON.parse(readFileSync(process.env.TOLLGATE_ANSWER, 'utf8'));
const text = JSON.stringify(answer);
export const tools = (server) => {
  server.registerTool('account_get', { description: 'one record', inputSchema: { id: z.string() } },
    async () => ({ content: [{ type: 'text', text }], structuredContent: answer }));
  return server;
};
