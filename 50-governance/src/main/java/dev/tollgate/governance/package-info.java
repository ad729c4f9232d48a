// SPDX-License-Identifier: Apache-2.0
/// People in the loop: approvals bound to one change and the state it was approved in, exceptions with an
/// owner and a clock, the change journal and its undoing, kill switches, and who owns which field. Knows no
/// door and no CRM.
@NullMarked
package dev.tollgate.governance;

import org.jspecify.annotations.NullMarked;
