// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Splits a sorted list into pages. A cursor is the last name of the page before, so that pages need no memory
/// and stay right when the list changes between two of them.
final class Pages {
    /// Items of one page: a client's model reads them all, so a page is never a hardship for the server.
    static final int PAGE_MAX = 100;

    private static final int CURSOR_CHARS_MAX = 1_024;

    private Pages() {}

    /// @param next the cursor of the next page, when there is one
    record Page<T>(List<T> items, Optional<String> next) {}

    /// The page after `cursor`, or nothing when the cursor is none of ours.
    static <T> Optional<Page<T>> of(List<T> sorted, Function<T, String> name, Optional<String> cursor) {
        Optional<String> after = cursor.flatMap(Pages::decoded);
        if (cursor.isPresent() && after.isEmpty()) {
            return Optional.empty();
        }
        int from = 0;
        while (after.isPresent()
                && from < sorted.size()
                && name.apply(sorted.get(from)).compareTo(after.get()) <= 0) {
            from++;
        }
        List<T> items = sorted.subList(from, Math.min(sorted.size(), from + PAGE_MAX));
        boolean more = from + items.size() < sorted.size();
        return Optional.of(
                new Page<>(items, more ? Optional.of(encoded(name.apply(items.getLast()))) : Optional.empty()));
    }

    private static String encoded(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> decoded(String cursor) {
        if (cursor.isEmpty() || cursor.length() > CURSOR_CHARS_MAX) {
            return Optional.empty();
        }
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
