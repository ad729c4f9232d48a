// SPDX-License-Identifier: Apache-2.0
/// Taking back what agents changed: through the connectors, with a decision token and an entry in the log for each
/// step, as every call has them.
@NullMarked
package dev.tollgate.gateway.remedy;

import org.jspecify.annotations.NullMarked;
