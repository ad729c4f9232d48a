// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

/// A system under test, with an ear on its wire.
public interface World extends AutoCloseable {
    /// A new door to it.
    Door door();

    /// What is known of its records.
    Sample sample();

    /// The credential that it takes.
    Credential credential();

    /// Everything sent to the system since the last call of this, as text.
    String sent();

    @Override
    void close();
}
