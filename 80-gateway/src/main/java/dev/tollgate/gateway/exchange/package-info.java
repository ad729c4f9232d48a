// SPDX-License-Identifier: Apache-2.0
/// Handing out bearer tokens: an agent proves that it is itself, shows for whom it acts, and gets what the agent may,
/// the person may and the task needs, all three together, for minutes.
@NullMarked
package dev.tollgate.gateway.exchange;

import org.jspecify.annotations.NullMarked;
