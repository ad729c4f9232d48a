// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

/// What a satisfied policy does.
public enum Effect {
    /// It allows, unless another forbids.
    PERMIT,
    /// It denies, whatever others permit.
    FORBID
}
