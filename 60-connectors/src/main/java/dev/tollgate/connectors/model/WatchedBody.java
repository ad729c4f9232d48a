// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.model;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// A provider's answer that is coming, and when something of it came last.
final class WatchedBody extends FilterInputStream {
    private final long began = System.nanoTime();
    private volatile long heard = began;

    WatchedBody(InputStream body) {
        super(body);
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        heard = System.nanoTime();
        return read;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read = in.read(bytes, from, length);
        heard = System.nanoTime();
        return read;
    }

    boolean late(long now, Duration silent, Duration whole) {
        return now - heard > silent.toNanos() || now - began > whole.toNanos();
    }

    /// Whoever reads it hears of it.
    void hangUp() {
        try {
            close();
        } catch (IOException _) {
            // It is gone, which is what was wanted.
        }
    }
}
