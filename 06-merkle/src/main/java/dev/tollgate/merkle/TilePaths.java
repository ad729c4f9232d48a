// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import java.nio.file.Path;

/// Where tiles and entry bundles lie (C2SP tlog-tiles): `tile/0/x001/x234/067`, `tile/entries/000.p/12`.
final class TilePaths {
    private static final int DIGITS = 1_000;

    private final Path root;

    TilePaths(Path root) {
        this.root = root.resolve("tile");
    }

    Path tile(int level, long number) {
        return root.resolve(level + "/" + name(number));
    }

    Path bundle(long number) {
        return root.resolve("entries/" + name(number));
    }

    static Path partial(Path full, int width) {
        return partials(full).resolve(Integer.toString(width));
    }

    static Path partials(Path full) {
        return full.resolveSibling(full.getFileName() + ".p");
    }

    private static String name(long number) {
        String last = String.format("%03d", number % DIGITS);
        StringBuilder path = new StringBuilder(last);
        for (long rest = number / DIGITS; rest > 0; rest /= DIGITS) {
            path.insert(0, String.format("x%03d/", rest % DIGITS));
        }
        return path.toString();
    }
}
