// SPDX-License-Identifier: Apache-2.0
/// Approvals: a change that policy permits only with a person's consent waits for it here, bound to exactly
/// what was shown and to the state it was shown in, and is used once.
@NullMarked
package dev.tollgate.governance.approval;

import org.jspecify.annotations.NullMarked;
