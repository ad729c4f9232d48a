// SPDX-License-Identifier: Apache-2.0
/// What happened, provably. Entries are canonical JSON in a transparency log; values about persons are
/// not in them but in a vault beside, committed to with a salt, so that they can be erased and the log
/// still verifies. The SQL index is derived from the log, can be rebuilt, and answers auditors'
/// questions; the check trusts neither it nor the writer.
@NullMarked
package dev.tollgate.audit;

import org.jspecify.annotations.NullMarked;
