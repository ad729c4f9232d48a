// SPDX-License-Identifier: Apache-2.0
/// A second enforcement point: the forward proxy that agents' runtimes go out through. Same identities, zones, kill
/// switches and log as the gateway; what no zone names is refused, and its name is never looked up.
@NullMarked
package dev.tollgate.egress;

import org.jspecify.annotations.NullMarked;
