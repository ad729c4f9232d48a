// SPDX-License-Identifier: Apache-2.0
/// The doors of the gateway: MCP in two eras, REST, AuthZEN, health and metrics, on one Jetty. Doors parse,
/// bound and print; what is permitted is decided behind `Front`, and every refusal is mapped to HTTP and
/// JSON-RPC here.
@NullMarked
package dev.tollgate.server;

import org.jspecify.annotations.NullMarked;
