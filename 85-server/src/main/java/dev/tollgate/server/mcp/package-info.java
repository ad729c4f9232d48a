// SPDX-License-Identifier: Apache-2.0
/// The Model Context Protocol over Streamable HTTP, two eras on one path: revision 2026-07-28, where every
/// request stands alone, and the handshake revisions 2025-11-25 and 2025-06-18. What is offered comes through
/// the `Feature` port; features are written once, in the newer era's style, and never learn which era the client
/// speaks.
@NullMarked
package dev.tollgate.server.mcp;

import org.jspecify.annotations.NullMarked;
