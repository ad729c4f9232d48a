// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.lineage.heard;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/// What a task was told so far. For one thread.
public final class Heard {
    private final Map<Hearing, WordFilter> filters;
    private final Function<String, byte[]> digests;

    Heard(Map<Hearing, WordFilter> filters, Function<String, byte[]> digests) {
        this.filters = new EnumMap<>(Hearing.class);
        this.filters.putAll(filters);
        this.digests = digests;
    }

    /// Whether the task was told this part of a text in that way. When it was told more than is remembered, the worse
    /// answer is given: strangers may have told it, and a system may not.
    public boolean of(Hearing hearing, String part) {
        WordFilter filter = filters.get(hearing);
        if (filter == null) {
            return false;
        }
        return filter.holds(digests.apply(part)) || (hearing != Hearing.TRUSTED && filter.full());
    }
}
