// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

/// What a call holds of its agent's budgets.
///
/// @param call   the call itself: used up also when it is refused, so that nobody tries for nothing; given
///     back when it failed through no fault of the agent's
/// @param effect what it would change: given back whenever nothing was changed
public record Held(Reservation call, Reservation effect) {}
