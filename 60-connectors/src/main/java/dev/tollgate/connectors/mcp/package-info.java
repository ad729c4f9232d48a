// SPDX-License-Identifier: Apache-2.0
/// The way to tools of other MCP servers. A contract pins each tool to the digest of its definition: a tool that is
/// not what was approved is not called. What comes back is a stranger's text.
@NullMarked
package dev.tollgate.connectors.mcp;

import org.jspecify.annotations.NullMarked;
