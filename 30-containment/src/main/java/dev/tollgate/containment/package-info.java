// SPDX-License-Identifier: Apache-2.0
/// How much, how fast, how far: budgets that hold across nodes, risk scores from what agents try, and the zones
/// that agents run in. Gives limits and evidence; what follows from risk is policy's to say.
@NullMarked
package dev.tollgate.containment;

import org.jspecify.annotations.NullMarked;
