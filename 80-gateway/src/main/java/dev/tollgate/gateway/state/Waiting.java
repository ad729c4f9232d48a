// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.state;

import dev.tollgate.governance.approval.Standing;
import dev.tollgate.governance.change.Change;

/// A call for which policy asks people, and what they have said so far.
///
/// @param change   what they are asked about
/// @param standing whether they have approved exactly this
public record Waiting(Change change, Standing standing) {}
