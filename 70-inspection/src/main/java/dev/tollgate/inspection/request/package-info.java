// SPDX-License-Identifier: Apache-2.0
/// What a person's own words ask for, and what a tool does: so that a call can be compared with what was asked. Reads
/// words only; what follows from it, policy says.
@NullMarked
package dev.tollgate.inspection.request;

import org.jspecify.annotations.NullMarked;
