// SPDX-License-Identifier: Apache-2.0
/// Rules of the business as they change under running agents: activation, rollback, effective dates and limits, on one
/// node and on two.
@NullMarked
package dev.tollgate.scenarios.rules;

import org.jspecify.annotations.NullMarked;
