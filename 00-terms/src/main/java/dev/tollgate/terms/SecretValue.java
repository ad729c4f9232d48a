// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import com.google.errorprone.annotations.RestrictedApi;

/// A secret that prints as `***` wherever it lands by mistake. Only code that says so may see it.
public final class SecretValue {
    private final String secret;

    private SecretValue(String secret) {
        this.secret = secret;
    }

    /// Wraps a secret.
    public static SecretValue of(String secret) {
        return new SecretValue(secret);
    }

    /// The secret itself, for the one place that sends it on.
    @RestrictedApi(
            explanation = "a secret is revealed only where it leaves for the system that it belongs to",
            allowlistAnnotations = RevealsSecret.class)
    public String reveal() {
        return secret;
    }

    @Override
    public String toString() {
        return "***";
    }
}
