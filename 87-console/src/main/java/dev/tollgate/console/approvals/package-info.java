// SPDX-License-Identifier: Apache-2.0
/// Approvals as people see and decide them.
@NullMarked
package dev.tollgate.console.approvals;

import org.jspecify.annotations.NullMarked;
