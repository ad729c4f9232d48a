// SPDX-License-Identifier: Apache-2.0
/// What is in a message that is about to leave: what must not be told, what is not so, what must not be
/// asked for. It finds and masks; whether the message goes is for policy. Everything it needs to know
/// of the record and of the flow is handed in as plain values.
@NullMarked
package dev.tollgate.inspection.outbound;

import org.jspecify.annotations.NullMarked;
