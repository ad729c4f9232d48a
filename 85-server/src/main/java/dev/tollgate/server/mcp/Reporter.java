// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

/// Tells a client how its request is getting on, as far as the client asked to be told. A feature may report as
/// often as it likes; what nobody asked for is dropped.
public interface Reporter {
    /// Tells how far it got.
    void progress(long done, long total);

    /// Tells something about the work. Never a value of a customer.
    ///
    /// @param level one of the levels of RFC 5424 §6.2.1, in lower case
    void log(String level, String message);

    /// Whether the client is still there, as far as is known. A feature that takes long should stop when it is
    /// not.
    boolean present();
}
