// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.approval;

import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Require;
import java.time.Instant;

/// A proof of presence that was checked before it comes here, for example a passkey's assertion.
///
/// @param at     when
/// @param method with what, for example `passkey`
/// @param signed the challenge that was signed; counts only for the approval whose challenge it is
public record StepUp(Instant at, String method, Digest signed) {
    private static final int METHOD_CHARS_MAX = 64;

    public StepUp {
        Require.id("method", method);
        Require.require(method.length() <= METHOD_CHARS_MAX, "a method has at most 64 characters");
    }
}
