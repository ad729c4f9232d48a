// SPDX-License-Identifier: Apache-2.0
/// The policy bundle: one folder of Cedar policies, contracts, workflows, zones, people, limits and budgets, read
/// strictly, checked as a whole, and named by the digest of its bytes. A bundle that has one problem is not a bundle.
@NullMarked
package dev.tollgate.policy.bundle;

import org.jspecify.annotations.NullMarked;
