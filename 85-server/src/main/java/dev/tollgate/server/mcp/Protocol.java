// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import java.util.List;

/// Names and numbers of the protocol, with the place that defines each.
final class Protocol {
    /// The revision without handshake (`schema/2026-07-28`).
    static final String MODERN = "2026-07-28";
    /// The handshake revisions that are spoken, newest first. 2025-03-26 is not: it demands batches, and a batch
    /// would have one HTTP status and one audit outcome for many calls.
    static final List<String> LEGACY = List.of("2025-11-25", "2025-06-18");
    /// Everything that is spoken, newest first.
    static final List<String> ALL = List.of(MODERN, "2025-11-25", "2025-06-18");

    static final String META = "_meta";
    static final String META_VERSION = "io.modelcontextprotocol/protocolVersion";
    static final String META_CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
    static final String META_LOG_LEVEL = "io.modelcontextprotocol/logLevel";
    static final String META_SERVER = "io.modelcontextprotocol/serverInfo";
    static final String META_SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";
    /// Our own keys (reverse DNS, as `basic/index` asks).
    static final String META_TOKEN = "dev.tollgate/decision-token";
    static final String META_MODEL = "dev.tollgate/model";
    static final String META_REQUEST = "dev.tollgate/request";
    static final String META_REFUSAL = "dev.tollgate/refusal";

    static final String HEADER_VERSION = "MCP-Protocol-Version";
    static final String HEADER_METHOD = "Mcp-Method";
    static final String HEADER_NAME = "Mcp-Name";
    static final String HEADER_SESSION = "Mcp-Session-Id";

    /// JSON-RPC 2.0 §5.1.
    static final int PARSE_ERROR = -32700;

    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL_ERROR = -32603;
    /// 2026-07-28, `basic/index`, "Error Codes".
    static final int HEADER_MISMATCH = -32020;

    static final int MISSING_CAPABILITY = -32021;
    static final int UNSUPPORTED_VERSION = -32022;
    /// 2025-11-25, "Elicitation", "URL Elicitation Required Error".
    static final int URL_REQUIRED = -32042;
    /// Ours: outside the range that JSON-RPC reserves, ending in the HTTP status they come with.
    static final int UNAUTHENTICATED = -31401;

    static final int INSUFFICIENT_SCOPE = -31403;
    static final int NO_SESSION = -31404;
    static final int TRANSPORT = -31400;
    static final int UNAVAILABLE = -31503;

    private Protocol() {}
}
