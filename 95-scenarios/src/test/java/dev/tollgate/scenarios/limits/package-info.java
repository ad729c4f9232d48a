// SPDX-License-Identifier: Apache-2.0
/// How much and how fast, through the front door: budgets, the drip, stops and loops.
@NullMarked
package dev.tollgate.scenarios.limits;

import org.jspecify.annotations.NullMarked;
