// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The extension functions and methods of Cedar 4.5, by the names of the policy JSON.
enum Extension {
    DECIMAL("decimal", 1),
    LESS_THAN("lessThan", 2),
    LESS_THAN_OR_EQUAL("lessThanOrEqual", 2),
    GREATER_THAN("greaterThan", 2),
    GREATER_THAN_OR_EQUAL("greaterThanOrEqual", 2),
    IP("ip", 1),
    IS_IPV4("isIpv4", 1),
    IS_IPV6("isIpv6", 1),
    IS_LOOPBACK("isLoopback", 1),
    IS_MULTICAST("isMulticast", 1),
    IS_IN_RANGE("isInRange", 2),
    DATETIME("datetime", 1),
    OFFSET("offset", 2),
    DURATION_SINCE("durationSince", 2),
    TO_DATE("toDate", 1),
    TO_TIME("toTime", 1),
    DURATION("duration", 1),
    TO_MILLISECONDS("toMilliseconds", 1),
    TO_SECONDS("toSeconds", 1),
    TO_MINUTES("toMinutes", 1),
    TO_HOURS("toHours", 1),
    TO_DAYS("toDays", 1);

    private static final Map<String, Extension> BY_NAME = new HashMap<>();

    static {
        for (Extension one : values()) {
            BY_NAME.put(one.written, one);
        }
    }

    private final String written;
    private final int arity;

    Extension(String written, int arity) {
        this.written = written;
        this.arity = arity;
    }

    static @Nullable Extension named(String name) {
        return BY_NAME.get(name);
    }

    int arity() {
        return arity;
    }
}
