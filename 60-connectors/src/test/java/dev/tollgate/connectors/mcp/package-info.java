// SPDX-License-Identifier: Apache-2.0
/// Tests of the way to other MCP servers, and a server that misbehaves when told to.
@NullMarked
package dev.tollgate.connectors.mcp;

import org.jspecify.annotations.NullMarked;
