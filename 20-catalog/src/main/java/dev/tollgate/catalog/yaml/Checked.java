// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.yaml;

/// What came of reading files: the whole thing, or everything that is wrong with it. Never a part of it.
public sealed interface Checked<T> {
    /// Nothing was wrong.
    record Sound<T>(T value) implements Checked<T> {}

    /// Something was wrong.
    record Faulty<T>(Problems problems) implements Checked<T> {}
}
