// SPDX-License-Identifier: Apache-2.0
/// A listener that speaks TLS: the server's own certificate, which changes while it runs, and whom it
/// lets open a connection.
@NullMarked
package dev.tollgate.server.tls;

import org.jspecify.annotations.NullMarked;
