// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

/// Whether a system answers.
///
/// @param up  true when it answered as it should
/// @param why a closed word of `UpstreamBroken.Why`, or `ok`
public record Health(boolean up, String why) {
    /// The system answers.
    public static final Health UP = new Health(true, "ok");

    /// The system does not answer.
    public static Health down(UpstreamBroken.Why why) {
        return new Health(false, why.word());
    }
}
