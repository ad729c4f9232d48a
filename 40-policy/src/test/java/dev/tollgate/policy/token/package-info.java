// SPDX-License-Identifier: Apache-2.0
/// Tests of the decision token, and the ledger that tests of other rooms use.
@NullMarked
package dev.tollgate.policy.token;

import org.jspecify.annotations.NullMarked;
