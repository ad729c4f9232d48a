// SPDX-License-Identifier: Apache-2.0
/// The whole gateway and programs that we did not write: the conformance suite of MCP, the official clients and the
/// inspector.
@NullMarked
package dev.tollgate.scenarios.clients;

import org.jspecify.annotations.NullMarked;
