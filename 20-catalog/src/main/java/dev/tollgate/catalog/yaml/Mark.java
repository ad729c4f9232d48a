// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.yaml;

/// A place in a file.
///
/// @param file   path of the file inside the bundle
/// @param line   from 1
/// @param column from 1, in code points
public record Mark(String file, int line, int column) {
    /// The beginning of a file.
    public static Mark start(String file) {
        return new Mark(file, 1, 1);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
