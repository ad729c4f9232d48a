// SPDX-License-Identifier: Apache-2.0
/// The doors to connected systems. A connector holds the credential and trusts nobody: it checks the decision token
/// itself, asks the system for no more than the operation needs, and checks what comes back. Each system has a package
/// of its own that knows one wire format and never sees a token.
@NullMarked
package dev.tollgate.connectors;

import org.jspecify.annotations.NullMarked;
