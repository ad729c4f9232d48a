// SPDX-License-Identifier: Apache-2.0
/// Who answers for which field, who may write it, and where an agent suggests instead.
@NullMarked
package dev.tollgate.governance.ownership;

import org.jspecify.annotations.NullMarked;
