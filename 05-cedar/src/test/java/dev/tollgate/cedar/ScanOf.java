// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

/// Lets tests of other packages evaluate without the index.
public final class ScanOf {
    private ScanOf() {}

    /// The answer of looking at every policy.
    public static Answer authorize(PolicySet policies, Request request, Entities entities) {
        return policies.scan(request.principal(), request.action(), request.resource(), entities)
                .authorize(request.context());
    }
}
