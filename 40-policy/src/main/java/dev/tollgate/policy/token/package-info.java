// SPDX-License-Identifier: Apache-2.0
/// The decision token: the proof of one permit, which a connector checks before it touches its system. Minted after the
/// decision is in the log, bound to one operation byte for byte, good for a minute at most and for a single use.
@NullMarked
package dev.tollgate.policy.token;

import org.jspecify.annotations.NullMarked;
