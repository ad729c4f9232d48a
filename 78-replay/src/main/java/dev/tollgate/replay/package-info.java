// SPDX-License-Identifier: Apache-2.0
/// Decides recorded calls again from the log and its vault alone: under the bundle that decided them, or under another
/// one; and tells an incident as it happened, call by call, with what each gate said.
@NullMarked
package dev.tollgate.replay;

import org.jspecify.annotations.NullMarked;
