// SPDX-License-Identifier: Apache-2.0
// The same tool over stdio, for proxies that start a child.
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { tools } from './tools.mjs';

await tools(new McpServer({ name: 'stdio', version: '1' })).connect(new StdioServerTransport());
