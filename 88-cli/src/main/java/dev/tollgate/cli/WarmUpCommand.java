// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `tollgate warm-up`: starts a gateway on a folder of its own, makes the calls that a first agent
/// makes, and stops. The launcher records what was loaded, so that the next start is faster.
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
    private final Rooms rooms;

    WarmUpCommand(Rooms rooms) {
        this.rooms = rooms;
    }

    @Override
    public Integer call() {
        rooms.warmUp();
        return 0;
    }
}
