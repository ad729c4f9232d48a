// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Where names are looked up. Asked once for each connection, and only for hosts of the bundle.
@FunctionalInterface
public interface Resolver {
    /// Every address of a name.
    ///
    /// @throws UnknownHostException when there is none
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /// What the machine itself is set up to ask.
    static Resolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
