// SPDX-License-Identifier: Apache-2.0
/// The token endpoint (RFC 6749 §3.2, RFC 8693, RFC 7523) and what clients find it by (RFC 8414). No rule lives here.
@NullMarked
package dev.tollgate.server.oauth;

import org.jspecify.annotations.NullMarked;
